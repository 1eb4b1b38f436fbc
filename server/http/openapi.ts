/** OpenAPI 3.1 made from the list of routes and their zod shapes. */
import { z } from 'zod'
import { PROBLEMS } from '../../shared/texts/problems/index.ts'
import type { Route } from './routes.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType): Json => {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json
  delete json['$schema']
  return json
}

/** The whole interface as one OpenAPI 3.1 document. */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const { endpoint } of routes) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    const ok = endpoint.file !== undefined ? { content: { [endpoint.file]: {} } } : jsonContent(endpoint.reply)
    const operation: Json = {
      summary: endpoint.summary,
      'x-action': endpoint.action,
      parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
      responses: {
        [ok === undefined ? 204 : 200]: { description: 'done', ...ok },
        default: { description: 'a problem', content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } } },
      },
    }
    if (endpoint.body !== undefined) operation['requestBody'] = { required: true, ...jsonContent(endpoint.body) }
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation }
  }
  return { openapi: '3.1.0', info: { title: 'Rangruam', version: '0.1.0' }, paths }
}

const PROBLEM_SCHEMA = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(PROBLEMS) },
    detail: { type: 'string', description: 'Thai' },
    detailEn: { type: 'string', description: 'English' },
  },
}

function jsonContent(schema: z.ZodType | undefined): { content: Json } | undefined {
  if (schema === undefined || schema instanceof z.ZodVoid) return undefined
  return { content: { 'application/json': { schema: schemaOf(schema) } } }
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }))
}
