/** The time shown to a workshop: given, lengthened, held, let go on. It never moves a phase. */
import type { Connection } from 'mongoose'
import type { WorkshopId } from '../../shared/ids.ts'
import { extended, NO_TIMER, paused, resumed, started, type Timer } from '../../shared/workshop/timer.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { workshopModel } from './workshop-model.ts'
import type { Workshops } from './workshops.ts'

export type TimerOrder =
  | { readonly kind: 'start'; readonly minutes: number }
  | { readonly kind: 'extend'; readonly minutes: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'clear' }

export type TimersDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly workshops: Workshops
  readonly now?: () => number
}

const MINUTE_MS = 60_000

export function createTimers({ connection, announcer, workshops, now = Date.now }: TimersDeps) {
  const model = workshopModel(connection)
  const after = (timer: Timer, order: TimerOrder): Timer => {
    switch (order.kind) {
      case 'start':
        return started(order.minutes * MINUTE_MS, now())
      case 'extend':
        return extended(timer, order.minutes * MINUTE_MS, now())
      case 'pause':
        return paused(timer, now())
      case 'resume':
        return resumed(timer, now())
      case 'clear':
        return NO_TIMER
    }
  }
  return {
    /** Carries out an order and tells everybody; returns the time as it stands. */
    async change(viewer: Viewer, id: WorkshopId, order: TimerOrder): Promise<Timer> {
      require(viewer, 'timer.change', { workshop: id })
      const timer = after((await workshops.get(id)).timer, order)
      await model.updateOne({ _id: id }, { $set: { timer } })
      announcer.announce({ kind: 'timer-changed', workshop: id })
      return timer
    },
  }
}
