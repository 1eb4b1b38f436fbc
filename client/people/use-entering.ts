/** Whatever signs somebody in: asks the server, tells the news of the new session, and goes where this person begins. */
import { reconnectNews } from '../app/news.ts'
import { navigate } from '../app/router.tsx'
import { useAction, type ActionState } from '../app/use-action.ts'

export type Entering = Pick<ActionState, 'busy' | 'error'> & {
  /** `ask` resolves with the address of the first page. */
  readonly enter: (ask: () => Promise<{ readonly home: string }>) => void
}

export function useEntering(): Entering {
  const { busy, error, run } = useAction()
  return {
    busy,
    error,
    enter: (ask) =>
      void run(async () => {
        const { home } = await ask()
        reconnectNews()
        navigate(home)
      }),
  }
}
