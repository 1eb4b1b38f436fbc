/** Every environment variable, checked once at start; a bad one ends the start with one clear line. */
import { isIP } from 'node:net'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')
const proxies = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .refine((named) => named.every(isNetwork), 'must be addresses or subnets with commas between: 10.0.0.2, 10.1.0.0/24')

const variables = z.object({
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis://')
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: proxies.default([]),
  DEMO: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})
const environment = variables.refine((given) => given.REDIS_URL === undefined || given.MONGODB_URI !== undefined, {
  path: ['REDIS_URL'],
  message: 'several nodes need MONGODB_URI: the embedded store is of one',
})

export type Config = {
  /** Address to listen on; every address by default. */
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  readonly dataDir: string
  readonly mongodbUri: string | undefined
  /** Redis, through which several nodes on one MongoDB tell each other what happened. */
  readonly redisUrl: string | undefined
  /** The address people use, when it differs from what the browser's Host header says; https turns on Secure cookies. */
  readonly publicUrl: string | undefined
  /** Addresses and subnets whose word is taken for who asks, and whether by https; nobody's by default. */
  readonly trustedProxies: readonly string[]
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
    const shown = JSON.stringify(withoutPassword(given[name] ?? ''))
    return { kind: 'bad', line: `${name}=${shown}: ${issue?.message ?? 'invalid'}` }
  }
  const value = parsed.data
  return {
    kind: 'ok',
    config: {
      host: value.HOST,
      port: value.PORT,
      dataDir: value.DATA_DIR,
      mongodbUri: value.MONGODB_URI,
      redisUrl: value.REDIS_URL,
      publicUrl: value.PUBLIC_URL,
      trustedProxies: value.TRUSTED_PROXIES,
      demo: value.DEMO,
      logLevel: value.LOG_LEVEL,
    },
  }
}

/** An address, or one with the length of its prefix. A prefix of nothing would trust everybody. */
function isNetwork(given: string): boolean {
  const [address = '', prefix, ...more] = given.split('/')
  const version = address.includes('%') ? 0 : isIP(address)
  if (version === 0 || more.length > 0) return false
  const bits = Number(prefix ?? 1)
  return /^\d{1,3}$/.test(prefix ?? '1') && bits >= 1 && bits <= (version === 4 ? 32 : 128)
}

/** An address without the name and password in it. */
const withoutPassword = (value: string): string => value.replace(/\/\/[^@/]*@/, '//…@')
