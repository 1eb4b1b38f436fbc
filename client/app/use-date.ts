/** A moment as people here read it: the Buddhist year, in the page's language. */
import { buddhistDate } from '../../shared/thai/dates.ts'
import { useLanguage } from './texts.tsx'

/** `at` in milliseconds since 1970; `time`: with the hour. */
export function useDate(): (at: number, time?: boolean) => string {
  const { language } = useLanguage()
  return (at, time = false) => buddhistDate(at, { language, time, style: 'medium' })
}
