/** The language of the page: which catalogue is shown, and switching it without a reload. */
import { createContext, type ComponentChildren } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { CATALOGUES, type Language, type Texts } from '../../shared/texts/index.ts'
import { keepSetting } from './settings.ts'

type LanguageState = {
  readonly language: Language
  readonly texts: Texts
  readonly choose: (language: Language) => void
}

const LanguageContext = createContext<LanguageState | null>(null)

const initialLanguage = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'th')

/** Gives every page below it the chosen catalogue. */
export function LanguageProvider({ children }: { readonly children: ComponentChildren }) {
  const [language, setLanguage] = useState<Language>(initialLanguage)
  useEffect(() => {
    document.documentElement.lang = language
    keepSetting('lang', language)
  }, [language])
  const state = useMemo(() => ({ language, texts: CATALOGUES[language], choose: setLanguage }), [language])
  return <LanguageContext.Provider value={state}>{children}</LanguageContext.Provider>
}

/** The language and the way to change it. */
export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext)
  if (state === null) throw new Error('LanguageProvider is missing')
  return state
}

/** The catalogue in the chosen language. */
export function useTexts(): Texts {
  return useLanguage().texts
}
