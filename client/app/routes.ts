/** The client's route table: every screen has one line; the screenshots walk it. */
import type { RouteEntry } from './router.tsx'

export const ROUTES: readonly RouteEntry[] = [{ path: '/api-docs', load: () => import('./api-docs-page.tsx') }]
