/** What a password of staff must be: long enough, and not the name itself or one letter again and again. */

/** NIST SP 800-63B and OWASP ASVS 6.2.1: length decides, no rules about kinds of letters. */
export const PASSWORD_LEAST = 10
/** argon2 reads any length; this bounds the work of a request. */
export const PASSWORD_MOST = 200

export type PasswordVerdict = 'fine' | 'too-short' | 'too-long' | 'too-plain'

/** Judges by characters as people count them (code points); `signInName` may not be the password. */
export function judgePassword(password: string, signInName: string): PasswordVerdict {
  const letters = [...password]
  if (letters.length < PASSWORD_LEAST) return 'too-short'
  if (letters.length > PASSWORD_MOST) return 'too-long'
  if (new Set(letters).size < 4) return 'too-plain'
  if (signInName !== '' && password.toLowerCase().includes(signInName.toLowerCase())) return 'too-plain'
  if (runs(letters)) return 'too-plain'
  return 'fine'
}

/** Whether the letters only count up or down: 1234567890, abcdefghij. */
function runs(letters: readonly string[]): boolean {
  const steps = letters.slice(1).map((letter, at) => letter.codePointAt(0)! - letters[at]!.codePointAt(0)!)
  return steps.filter((step) => Math.abs(step) === 1).length >= steps.length - 1
}
