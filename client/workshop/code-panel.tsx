/** The workshop's join code with its QR: for those who have no card. */
import type { readCode } from '../../shared/people/joining-contract.ts'
import { showJoinCode } from '../../shared/people/join-code.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { useMay } from './use-may.ts'

/** The join code, or null while it is unknown or not for this person. */
export function useJoinCode(workshop: string): string | null {
  const { state } = useRecord<typeof readCode>(
    'GET',
    '/api/workshops/:workshop/code',
    { params: { workshop } } as never,
    [`workshop:${workshop}`],
  )
  return state.kind === 'ready' && !state.value.locked ? state.value.code : null
}

/** Where the QR leads: the page that asks for the code, in the browser of the phone and not in a chat's. */
export const joinLink = (origin: string): string => `${origin}/join?openExternalBrowser=1`

export function CodePanel({ workshop, origin }: { readonly workshop: string; readonly origin: string }) {
  const t = useTexts()
  const code = useJoinCode(workshop)
  const may = useMay()
  return (
    <section class="code-panel card pad" aria-labelledby="code-h">
      {code === null ? null : <QrCode text={joinLink(origin)} label={t.workshop.codeQr} />}
      <div class="grow">
        <h2 id="code-h">{t.workshop.codeTitle}</h2>
        <p class="code-digits num">{code === null ? '' : showJoinCode(code)}</p>
        <p class="muted">{t.workshop.codeHint}</p>
      </div>
      {may('staff.manage') ? (
        <a class="btn" href="/admin">
          <Icon name="user-plus" /> {t.workshop.inviteStaff}
        </a>
      ) : null}
    </section>
  )
}
