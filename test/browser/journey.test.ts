/** The journey within the suite: one workshop from the administrator's link to the endorsed document, once on localhost. */
import { walk, WALK_LIMIT_MS } from './walk.ts'

/** The suite walks one known way within a minute; `npm run journey` draws others, with all that is on them. */
const OPTIONS = ['--name', 'localhost', '--store', 'embedded', '--kills', '1', '--brief', '--seed', '288469']

describe('journey', function () {
  this.timeout(WALK_LIMIT_MS + 10_000)

  it('[WAY1][WAY2][ME65] the way through the pages, with a kill -9 while three type', () => walk(OPTIONS))
})
