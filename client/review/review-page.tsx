/** The page of a review, opened from the work that waits or from the versions. */
import type { PageProps } from '../app/router.tsx'
import { ReviewScreen } from './review-screen.tsx'

export function Page({ params }: PageProps) {
  return <ReviewScreen version={params['version'] ?? ''} approving={false} />
}
