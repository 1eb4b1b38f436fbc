/** The client's route table: every screen has one line; the screenshots walk it. */
import type { RouteEntry } from './router.tsx'

export const ROUTES: readonly RouteEntry[] = [
  { path: '/', load: () => import('../people/front-page.tsx') },
  { path: '/sign-in', load: () => import('../people/sign-in-page.tsx') },
  { path: '/first', load: () => import('../people/invite-page.tsx') },
  { path: '/reset', load: () => import('../people/reset-page.tsx') },
  { path: '/notice', load: () => import('../people/notice-page.tsx') },
  { path: '/invite', load: () => import('../people/invite-page.tsx') },
  { path: '/join', load: () => import('../people/join-page.tsx') },
  { path: '/c', load: () => import('../people/card-page.tsx') },
  { path: '/account', load: () => import('../people/account-page.tsx') },
  { path: '/admin', load: () => import('../people/admin-page.tsx') },
  { path: '/d/:draft', load: () => import('../drafting/draft-page.tsx') },
  { path: '/d/:draft/history', load: () => import('../drafting/history-page.tsx') },
  { path: '/staff', load: () => import('../workshop/staff-page.tsx') },
  { path: '/w/:workshop/setup', load: () => import('../workshop/setup-page.tsx') },
  { path: '/w/:workshop/cards', load: () => import('../workshop/cards-page.tsx') },
  { path: '/w/:workshop/wall', load: () => import('../workshop/wall-page.tsx') },
  { path: '/api-docs', load: () => import('./api-docs-page.tsx') },
  { path: '/w/:workshop/merge', load: () => import('../merging/merge-page.tsx') },
  { path: '/w/:workshop/versions', load: () => import('../merging/versions-page.tsx') },
  { path: '/w/:workshop/groups/:group/outcomes', load: () => import('../merging/outcomes-page.tsx') },
  { path: '/v/:version/review', load: () => import('../review/review-page.tsx') },
  { path: '/v/:version/approve', load: () => import('../review/approve-page.tsx') },
  { path: '/p/:version', load: () => import('../review/published-page.tsx') },
]
