/** The bar of plain pages: the word mark, what the page adds, language, theme and size of text. */
import type { ComponentChildren } from 'preact'
import { nextTextSize, switchTheme } from '../app/settings.ts'
import { useLanguage } from '../app/texts.tsx'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'

export function WordMark() {
  const { texts: t } = useLanguage()
  return (
    <a class="word" href="/">
      <svg
        viewBox="0 0 32 32"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        <path d="M6 4h14l6 6v18H6Z" />
        <path d="M11 13l5 5 5-5M16 18v6" />
      </svg>
      {t.general.product}
    </a>
  )
}

/** Language, theme and size: the same three on every bar that has room. */
export function DeviceSettings() {
  const { language, texts: t, choose } = useLanguage()
  return (
    <>
      <button
        type="button"
        class="btn btn-quiet"
        lang={language === 'th' ? 'en' : 'th'}
        onClick={() => choose(language === 'th' ? 'en' : 'th')}
      >
        <Icon name="languages" />
        <span class="bar-language">{t.general.otherLanguage}</span>
      </button>
      <IconButton icon="a-large-small" label={t.general.textSize} onClick={nextTextSize} />
      <IconButton icon="moon" label={t.general.switchTheme} onClick={switchTheme} />
    </>
  )
}

export function TopBar({ children }: { readonly children?: ComponentChildren }) {
  return (
    <header class="bar">
      <WordMark />
      <span class="grow" />
      <DeviceSettings />
      {children}
    </header>
  )
}

/** The same settings at the foot of pages whose bar has no room for them on a phone. */
export function PhoneSettings() {
  return (
    <div class="row page-settings phone-only">
      <DeviceSettings />
    </div>
  )
}
