/** What a route is: method, path, rule, and the zod shapes that server, client and OpenAPI share. */
import type { z } from 'zod'
import type { Action } from '../people/access.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A route's contract. `action` is a row of the access table, or 'public' (anyone) or 'signed-in' (anyone with a session). */
export type Endpoint<
  M extends Method = Method,
  Path extends string = string,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  readonly method: M
  readonly path: Path
  readonly action: Action | 'public' | 'signed-in'
  readonly summary: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** JSON of the answer; absent = 204, or a file that the handler sends itself (`file`). */
  readonly reply?: Reply
  /** Media type when the answer is a file. */
  readonly file?: string
}

/** Declares a route's contract; keeps the literal method and path for the client's type check. */
export function endpoint<
  const M extends Method,
  const Path extends string,
  Params extends z.ZodType = z.ZodNever,
  Query extends z.ZodType = z.ZodNever,
  Body extends z.ZodType = z.ZodNever,
  Reply extends z.ZodType = z.ZodVoid,
>(contract: Endpoint<M, Path, Params, Query, Body, Reply>): Endpoint<M, Path, Params, Query, Body, Reply> {
  return contract
}

type Given<Key extends string, Shape> = [Shape] extends [z.ZodNever]
  ? unknown
  : Shape extends z.ZodType
    ? { readonly [K in Key]: z.input<Shape> }
    : unknown
type Parsed<Shape> = [Shape] extends [z.ZodNever] ? undefined : Shape extends z.ZodType ? z.output<Shape> : undefined

/** What the client passes: only the parts that the contract names. */
export type InputOf<E> =
  E extends Endpoint<Method, string, infer P, infer Q, infer B, z.ZodType>
    ? Given<'params', P> & Given<'query', Q> & Given<'body', B>
    : never
/** What the handler gets, parsed. */
export type ParsedOf<E> =
  E extends Endpoint<Method, string, infer P, infer Q, infer B, z.ZodType>
    ? { readonly params: Parsed<P>; readonly query: Parsed<Q>; readonly body: Parsed<B> }
    : never
/** What comes back. */
export type ReplyOf<E> =
  E extends Endpoint<Method, string, z.ZodType, z.ZodType, z.ZodType, infer R>
    ? R extends z.ZodVoid
      ? undefined
      : z.output<R>
    : never
