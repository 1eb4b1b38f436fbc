/** The client's route table: every screen has one line; the screenshots walk it. */
import type { RouteEntry } from './router.tsx'

export const ROUTES: readonly RouteEntry[] = [
  { path: '/api-docs', load: () => import('./api-docs-page.tsx') },
  { path: '/workshops/:workshop/merge', load: () => import('../merging/merge-page.tsx') },
  { path: '/workshops/:workshop/versions', load: () => import('../merging/versions-page.tsx') },
  { path: '/workshops/:workshop/groups/:group/outcomes', load: () => import('../merging/outcomes-page.tsx') },
]
