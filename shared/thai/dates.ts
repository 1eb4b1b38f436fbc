/** Dates as people here read them: Buddhist Era, Bangkok time, Thai or Arabic digits; used by screens and documents. */

export type DateStyle = 'long' | 'medium' | 'short'
export type DateOptions = {
  /** `long` ๒๗ กุมภาพันธ์ ๒๕๖๒ · `medium` 27 ก.พ. 2562 · `short` 27 ก.พ. */
  readonly style?: DateStyle
  /** Screens use Arabic digits, official documents Thai ones. */
  readonly digits?: 'arabic' | 'thai'
  readonly language?: 'th' | 'en'
  /** Adds hours and minutes. */
  readonly time?: boolean
}

const formats = new Map<string, Intl.DateTimeFormat>()

const PARTS: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
}

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'Asia/Bangkok' })
    formats.set(key, made)
  }
  return made
}

/** A moment (milliseconds since 1970) as a date in the Buddhist Era, in Bangkok whatever the machine's zone is. */
export function buddhistDate(at: number, options: DateOptions = {}): string {
  const { style = 'medium', digits = 'arabic', language = 'th', time = false } = options
  const numbers = digits === 'thai' ? 'thai' : 'latn'
  const locale = language === 'th' ? `th-TH-u-ca-buddhist-nu-${numbers}` : 'en-GB-u-ca-buddhist-nu-latn'
  // Parts, not the ready string: the English Buddhist calendar would add an era.
  const day = format(locale, PARTS[style])
    .formatToParts(at)
    .filter((part) => part.type === 'day' || part.type === 'month' || part.type === 'year')
    .map((part) => part.value)
    .join(' ')
  if (!time) return day
  const clock = format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return language === 'th' ? `${day} ${clock} น.` : `${day} ${clock}`
}

/** The Buddhist-Era year of a moment, in Bangkok. */
export function buddhistYear(at: number): number {
  const parts = format('en-US-u-ca-gregory-nu-latn', { year: 'numeric' }).formatToParts(at)
  return Number(parts.find((part) => part.type === 'year')?.value) + 543
}
