/** Words that rosters of local governments are written with: headings, prefixes, kinds of local government, lines under the table. */

/** Headings of the columns we read, compared without spaces, points, dashes and brackets. */
export const ROSTER_HEADINGS = {
  number: ['ลำดับ', 'ลำดับที่', 'ที่', 'เลขที่', 'no', '#'],
  prefix: ['คำนำหน้า', 'คำนำหน้านาม', 'คำนำหน้าชื่อ', 'ยศ', 'prefix', 'title'],
  name: ['ชื่อสกุล', 'ชื่อนามสกุล', 'ชื่อและนามสกุล', 'ชื่อและสกุล', 'ชื่อผู้เข้าร่วม', 'ชื่อ', 'รายชื่อ', 'fullname', 'name'],
  surname: ['สกุล', 'นามสกุล', 'surname', 'lastname'],
  nickname: ['ชื่อเล่น', 'nickname'],
  position: ['ตำแหน่ง', 'ตำแหน่งงาน', 'position'],
  organisation: ['หน่วยงาน', 'สังกัด', 'ชื่อหน่วยงาน', 'หน่วยงานต้นสังกัด', 'อปท', 'ชื่ออปท', 'organisation', 'organization'],
  lgoType: ['ประเภทอปท', 'ประเภท', 'ประเภทหน่วยงาน', 'ประเภทองค์กร', 'lgotype'],
  district: ['อำเภอ', 'อำเภอ/เขต', 'เขต', 'district'],
  province: ['จังหวัด', 'province'],
  phone: ['โทรศัพท์', 'เบอร์โทร', 'เบอร์โทรศัพท์', 'โทร', 'มือถือ', 'phone', 'tel'],
  note: ['หมายเหตุ', 'note', 'remark', 'remarks'],
} as const satisfies Record<string, readonly string[]>

/** Prefixes as written → as kept; longest first, so that the longer one wins. */
export const NAME_PREFIXES: readonly (readonly [string, string])[] = [
  ['ว่าที่ร้อยตรีหญิง', 'ว่าที่ร้อยตรีหญิง'],
  ['ว่าที่ ร.ต.หญิง', 'ว่าที่ร้อยตรีหญิง'],
  ['ว่าที่ร้อยตรี', 'ว่าที่ร้อยตรี'],
  ['ว่าที่ ร.ต.', 'ว่าที่ร้อยตรี'],
  ['ว่าที่ร.ต.', 'ว่าที่ร้อยตรี'],
  ['นางสาว', 'นางสาว'],
  ['น.ส.', 'นางสาว'],
  ['นส.', 'นางสาว'],
  ['นาย', 'นาย'],
  ['นาง', 'นาง'],
  ['ดร.', 'ดร.'],
]

/** How an organisation's name begins → its type (id of terms.lgoTypes) and the beginning we keep; longest first. */
export const ORGANISATION_BEGINNINGS: readonly {
  readonly written: string
  readonly type: 'city' | 'town' | 'subdistrict-municipality' | 'sao' | 'pao' | 'bangkok' | 'pattaya'
  readonly kept: string
}[] = [
  { written: 'องค์การบริหารส่วนจังหวัด', type: 'pao', kept: 'อบจ.' },
  { written: 'องค์การบริหารส่วนตำบล', type: 'sao', kept: 'อบต.' },
  { written: 'เทศบาลนคร', type: 'city', kept: 'เทศบาลนคร' },
  { written: 'เทศบาลเมือง', type: 'town', kept: 'เทศบาลเมือง' },
  { written: 'เทศบาลตำบล', type: 'subdistrict-municipality', kept: 'เทศบาลตำบล' },
  { written: 'กรุงเทพมหานคร', type: 'bangkok', kept: 'กรุงเทพมหานคร' },
  { written: 'เมืองพัทยา', type: 'pattaya', kept: 'เมืองพัทยา' },
  { written: 'อบจ.', type: 'pao', kept: 'อบจ.' },
  { written: 'อบต.', type: 'sao', kept: 'อบต.' },
  { written: 'ทน.', type: 'city', kept: 'เทศบาลนคร' },
  { written: 'ทม.', type: 'town', kept: 'เทศบาลเมือง' },
  { written: 'ทต.', type: 'subdistrict-municipality', kept: 'เทศบาลตำบล' },
  { written: 'กทม.', type: 'bangkok', kept: 'กรุงเทพมหานคร' },
  { written: 'อบจ', type: 'pao', kept: 'อบจ.' },
  { written: 'อบต', type: 'sao', kept: 'อบต.' },
]

/** What stands before a place's name. */
export const PROVINCE_MARKS: readonly string[] = ['จังหวัด', 'จ.']
export const DISTRICT_MARKS: readonly string[] = ['กิ่งอำเภอ', 'อำเภอ', 'อ.', 'เขต']

/** A cell that says "nothing" in words. */
export const NOTHING_WORDS: ReadonlySet<string> = new Set(['ไม่มี', 'ไม่ระบุ', 'ไม่ทราบ', 'ว่าง', 'n/a', 'na', 'none'])

/** A line that counts the rows above it. */
export const TOTAL_LINE =
  /^(?:รวม(?:ทั้งสิ้น|ทั้งหมด|จำนวน)?|ทั้งสิ้น|จำนวนทั้งสิ้น|ยอดรวม|total)\s*[:：]?\s*[\d,]*\s*(?:คน|ราย|ท่าน)?$/i

/** How a line under the table begins: who made the list, where it comes from. */
export const FOOTER_LINE = /^(?:ผู้จัดทำ|ผู้ตรวจ|ผู้รับรอง|ผู้รายงาน|ลงชื่อ|หมายเหตุ|ที่มา|ข้อมูล ณ|พิมพ์เมื่อ)|\.{4,}|_{4,}|…{2,}/

/** Words in a remark that tell of health or disability: sensitive under the personal-data law, consent is needed before it is kept. */
export const HEALTH_WORDS =
  /รถเข็น|วีลแชร์|พิการ|ตั้งครรภ์|ป่วย|โรค|แพ้ยา|แพ้อาหาร|เบาหวาน|ความดัน|ผ่าตัด|ตาบอด|หูหนวก|หูตึง|ไม้เท้า|ไม้ค้ำ|wheelchair|disab/i

/** Consonants that sound alike, folded to one for comparing names. */
export const SOUND_ALIKE: readonly (readonly [RegExp, string])[] = [
  [/.\u0e4c/gu, ''],
  [/รร/g, 'ร'],
  [/[ภผ]/g, 'พ'],
  [/[ณ]/g, 'น'],
  [/[ศษ]/g, 'ส'],
  [/[ฐถฑฒธ]/g, 'ท'],
  [/[ฎ]/g, 'ด'],
  [/[ฏ]/g, 'ต'],
  [/[ญ]/g, 'ย'],
  [/[ฬ]/g, 'ล'],
  [/[ฆฅฃ]/g, 'ค'],
  [/[ฌ]/g, 'ช'],
  [/(.)\1/gu, '$1'],
  [/[\u0e47-\u0e4e]/g, ''],
]
