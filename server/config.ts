/** Every environment variable, checked once at start; a bad one ends the start with one clear line. */
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const environment = z.object({
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DEMO: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Config = {
  /** Address to listen on; every address by default. */
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  readonly dataDir: string
  readonly mongodbUri: string | undefined
  /** The address people use, when it differs from what the browser's Host header says; https turns on Secure cookies. */
  readonly publicUrl: string | undefined
  /** Whether the demo workshop is made on first start. */
  readonly demo: boolean
  readonly logLevel: string
}

export type ConfigOutcome =
  { readonly kind: 'ok'; readonly config: Config } | { readonly kind: 'bad'; readonly line: string }

/** Reads the environment. `bad` carries one line that names the variable and what is wrong with it. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? 'environment')
    return { kind: 'bad', line: `${name}=${JSON.stringify(given[name] ?? '')}: ${issue?.message ?? 'invalid'}` }
  }
  const value = parsed.data
  return {
    kind: 'ok',
    config: {
      host: value.HOST,
      port: value.PORT,
      dataDir: value.DATA_DIR,
      mongodbUri: value.MONGODB_URI,
      publicUrl: value.PUBLIC_URL,
      demo: value.DEMO,
      logLevel: value.LOG_LEVEL,
    },
  }
}
