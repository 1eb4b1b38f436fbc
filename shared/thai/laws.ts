/** The laws that a legal basis may cite, as dated data: what the field's sources name is verified, what is known by heart is not and says so. */

export type Law = {
  readonly id: string
  /** Full name without its year. */
  readonly name: string
  /** As it stands in a running text. */
  readonly short: string
  /** Year of the Buddhist Era. */
  readonly year: number
  /** Sections that sources name for it, such as "16(10)"; any other section is unverified. */
  readonly sections: readonly string[]
  /** A year in which a newer one may have taken its place: to be checked by whoever cites it. */
  readonly perhapsReplaced?: number
  /** Seen in the department's own papers, not only remembered. */
  readonly verified: boolean
}

const law = (
  id: string,
  short: string,
  name: string,
  year: number,
  rest: Partial<Pick<Law, 'sections' | 'perhapsReplaced' | 'verified'>> = {},
): Law => ({ id, short, name, year, sections: [], verified: true, ...rest })
const act = (id: string, name: string, year: number, rest?: Parameters<typeof law>[4], short = name): Law =>
  law(id, `พ.ร.บ.${short}`, `พระราชบัญญัติ${name}`, year, rest)

export const LAWS: readonly Law[] = [
  act('welfare-2546', 'ส่งเสริมการจัดสวัสดิการสังคม', 2546),
  act(
    'decentral-2542',
    'กำหนดแผนและขั้นตอนการกระจายอำนาจให้แก่องค์กรปกครองส่วนท้องถิ่น',
    2542,
    { sections: ['16(10)'] },
    'กำหนดแผนและขั้นตอนการกระจายอำนาจฯ',
  ),
  act('sao-2537', 'สภาตำบลและองค์การบริหารส่วนตำบล', 2537, { sections: ['67'] }, 'สภาตำบลและ อบต.'),
  act('destitute-2557', 'การคุ้มครองคนไร้ที่พึ่ง', 2557),
  law(
    'elder-allowance-2552',
    'ระเบียบ มท. เบี้ยยังชีพผู้สูงอายุ',
    'ระเบียบกระทรวงมหาดไทยว่าด้วยหลักเกณฑ์การจ่ายเงินเบี้ยยังชีพผู้สูงอายุขององค์กรปกครองส่วนท้องถิ่น',
    2552,
    { perhapsReplaced: 2566 },
  ),
  law(
    'disability-allowance-2553',
    'ระเบียบ มท. เบี้ยความพิการ',
    'ระเบียบกระทรวงมหาดไทยว่าด้วยหลักเกณฑ์การจ่ายเงินเบี้ยความพิการให้คนพิการขององค์กรปกครองส่วนท้องถิ่น',
    2553,
  ),
  law(
    'help-people-2560',
    'ระเบียบ มท. ค่าใช้จ่ายช่วยเหลือประชาชน',
    'ระเบียบกระทรวงมหาดไทยว่าด้วยค่าใช้จ่ายเพื่อช่วยเหลือประชาชนตามอำนาจหน้าที่ขององค์กรปกครองส่วนท้องถิ่น',
    2560,
    { perhapsReplaced: 2566 },
  ),
  act('municipality-2496', 'เทศบาล', 2496, { verified: false }),
  act('begging-2559', 'ควบคุมการขอทาน', 2559, { verified: false }),
  act('child-2546', 'คุ้มครองเด็ก', 2546, { verified: false }),
  act('elder-2546', 'ผู้สูงอายุ', 2546, { verified: false }),
  act('disabled-2550', 'ส่งเสริมและพัฒนาคุณภาพชีวิตคนพิการ', 2550, { verified: false }),
]

/** A citation as a draft holds it: the law's id, and the section behind a colon where one is named. */
export function citeOf(law: string, section: string): string {
  return section === '' ? law : `${law}:${section}`
}

function parts(cite: string): { readonly law: Law | undefined; readonly section: string } {
  const [id = '', section = ''] = cite.split(':')
  return { law: LAWS.find((known) => known.id === id), section }
}

/** Is what is cited named by a source, the section too? A law nobody knows is not. */
export function isVerified(cite: string): boolean {
  const { law, section } = parts(cite)
  return law?.verified === true && (section === '' || law.sections.includes(section))
}

const UNVERIFIED = ' (ยังไม่ตรวจสอบ)'

/** A citation in words, on screen and in documents: name, year, section, and that it is unverified where it is. An unknown id stays itself. */
export function lawName(cite: string): string {
  const { law, section } = parts(cite)
  if (law === undefined) return cite
  const words = `${law.short} พ.ศ. ${law.year}${section === '' ? '' : ` มาตรา ${section}`}`
  return isVerified(cite) ? words : words + UNVERIFIED
}

/** The laws whose name, short name or year holds every part typed; all when nothing is. */
export function findLaws(typed: string): readonly Law[] {
  const wanted = typed.trim().split(/\s+/).filter(Boolean)
  return LAWS.filter(({ name, short, year }) => wanted.every((part) => `${name} ${short} ${year}`.includes(part)))
}

/** What a person typed as a section: digits of either kind, the word for "section" left off; null when it is none. */
export function sectionOf(typed: string): string | null {
  const plain = typed
    .replaceAll(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/^\s*(?:มาตรา|ม\.)/, '')
    .replaceAll(/\s/g, '')
  return plain === '' || /^\d{1,3}(?:\/\d{1,2})?(?:\(\d{1,2}\)){0,2}$/.test(plain) ? plain : null
}
