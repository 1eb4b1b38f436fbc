/** What goes wrong between two nodes of a run, for chaos.ts, and how it is left when everything else is mended. */
import type { SimRedis } from './redis.ts'
import type { Servers } from './servers.ts'
import type { World } from './world.ts'

/** The longest that each lasts: some of it until a node takes Redis for away (3.5 s), gives the other up or replaces its connection (5 s). */
const AWAY_MS = 9_000
const LOSING_MS = 6_000
const CUT_OFF_MS = 12_000

export function faultsBetweenNodes(
  world: World,
  redis: SimRedis,
  servers: Servers,
  isMended: () => boolean,
): [string, () => void][] {
  const { weather, cutOff } = redis
  /** What is bad when all is mended stays so. */
  const later = (longest: number, work: () => void): void =>
    void world.after(world.between(100, longest), world.outside, 'over', () => {
      if (!isMended()) work()
    })
  return [
    [
      'redis away',
      () => {
        redis.isAway = true
        later(AWAY_MS, () => (redis.isAway = false))
      },
    ],
    [
      'redis loses messages',
      () => {
        weather.loses = world.between(0.1, 1)
        later(LOSING_MS, () => (weather.loses = 0))
      },
    ],
    [
      'redis loses news',
      () => {
        weather.losesNews = world.between(0.3, 1)
        later(LOSING_MS, () => (weather.losesNews = 0))
      },
    ],
    [
      'node cut off from redis',
      () => {
        const owner = servers.some()?.listener.owner
        if (owner === undefined) return
        cutOff.add(owner)
        later(CUT_OFF_MS, () => cutOff.delete(owner))
      },
    ],
  ]
}

/** In half of the runs Redis is whole at the end; else it stays as bad as it is, loses all news, or is away. */
export function leaveBetweenNodes(world: World, redis: SimRedis): void {
  const share = world.fraction()
  if (share < 0.5) {
    redis.isAway = false
    redis.cutOff.clear()
    Object.assign(redis.weather, { loses: 0, losesNews: 0 })
  } else if (share < 0.75) redis.weather.losesNews = 1
  else if (share < 0.85) redis.isAway = true
}
