/** What a person chose on this device: theme, language, size of text. Kept in localStorage where that is allowed. */

export type Setting = 'theme' | 'lang' | 'size'

/** Keeps a choice; where storage is refused it lasts as long as the page, and says so by returning false. */
export function keepSetting(name: Setting, value: string): boolean {
  try {
    localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

/** Switches between light and dark and keeps the choice. */
export function switchTheme(): void {
  const root = document.documentElement
  const next = root.dataset['theme'] === 'dark' ? 'light' : 'dark'
  root.dataset['theme'] = next
  keepSetting('theme', next)
}

const SIZES = ['m', 'l', 'xl'] as const

/** A+: 18, 22, 26 px, then back to 18. */
export function nextTextSize(): void {
  const root = document.documentElement
  const at = SIZES.findIndex((size) => size === root.dataset['size'])
  const next = SIZES[(at + 1) % SIZES.length] ?? 'm'
  root.dataset['size'] = next
  keepSetting('size', next)
}
