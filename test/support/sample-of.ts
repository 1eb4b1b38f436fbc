/** Input that a zod shape accepts, made from its JSON schema: the shortest that is valid. */
import { z } from 'zod'

type Json = { readonly [key: string]: unknown }

/** Values for property names that stand for something real, such as ids; everything else is made up. */
export function sampleOf(shape: z.ZodType, named: Readonly<Record<string, unknown>> = {}): unknown {
  return sample(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Json, named)
}

function sample(schema: Json, named: Readonly<Record<string, unknown>>): unknown {
  if ('const' in schema) return schema['const']
  const choices = (schema['enum'] ?? []) as unknown[]
  if (choices.length > 0) return choices[0]
  const alternatives = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (alternatives?.[0] !== undefined) return sample(alternatives[0], named)
  switch (schema['type']) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Json>>
      const required = (schema['required'] ?? []) as string[]
      return Object.fromEntries(
        required.map((name) => [name, named[name] ?? sample(properties[name] ?? {}, named)] as const),
      )
    }
    case 'array': {
      const least = Number(schema['minItems'] ?? 0)
      return Array.from({ length: least }, () => sample((schema['items'] ?? {}) as Json, named))
    }
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1))
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return word(schema)
    default:
      return 'x'
  }
}

function word(schema: Json): string {
  if (schema['format'] === 'date-time') return '2026-01-01T00:00:00Z'
  if (schema['format'] === 'date' || String(schema['pattern'] ?? '').includes('-')) return '2026-01-01'
  return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)))
}
