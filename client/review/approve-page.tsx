/** The review with the approval open: the address that a reminder links to. */
import type { PageProps } from '../app/router.tsx'
import { ReviewScreen } from './review-screen.tsx'

export function Page({ params }: PageProps) {
  return <ReviewScreen version={params['version'] ?? ''} approving />
}
