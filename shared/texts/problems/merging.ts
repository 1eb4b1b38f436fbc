/** Problems of merging, freezing and versions. */
export const mergingProblems = {
  'clause-gone': {
    th: 'ข้อนี้ไม่อยู่ในฉบับที่กลุ่มส่งล่าสุดแล้ว โหลดหน้าใหม่แล้วตัดสินอีกครั้ง',
    en: 'This clause is not in the group’s latest submission any more. Reload and decide again.',
  },
  'decided-meanwhile': {
    th: 'มีการตัดสินข้อนี้ไปแล้วหลังจากที่เปิดดู ดูผลที่แสดงแล้วกดบันทึกอีกครั้งหากยังต้องการเปลี่ยน',
    en: 'This was decided after you looked at it. See what stands now, and record again if you still want to change it.',
  },
  'mixed-sections': {
    th: 'ตัดสินพร้อมกันได้เฉพาะข้อในหัวข้อเดียวกัน',
    en: 'Only clauses of one section can be decided together.',
  },
  'reason-needed': {
    th: 'ต้องเขียนเหตุผล เพราะไม่รับข้อ หรือเลือกระหว่างข้อที่ขัดกัน กลุ่มเจ้าของข้อจะได้อ่าน',
    en: 'Give the reason: the clause is declined, or clauses conflict. Its group will read it.',
  },
  'wording-needed': { th: 'ต้องเขียนถ้อยคำที่แก้หรือรวมแล้ว', en: 'Write the wording that is to stand.' },
  'not-complete': {
    th: 'ตรึงฉบับยังไม่ได้ เหลือ {remaining} ข้อที่ยังไม่ตัดสิน และ {troubled} ข้อที่ผลขัดกับข้อความ',
    en: 'The version cannot be frozen: {remaining} clauses undecided, {troubled} contradict the text.',
  },
  'legal-basis-needed': {
    th: 'ต้องมีฐานกฎหมายอย่างน้อย 1 ข้อ หรือเลือก “ยังไม่ทราบ ขอให้กรมตรวจ” ก่อนตรึงฉบับ',
    en: 'Name at least one legal basis, or choose “not known yet”, before freezing.',
  },
  'nothing-new': {
    th: 'ข้อความเหมือนฉบับที่ตรึงครั้งก่อนทุกตัวอักษร จึงไม่ต้องตรึงซ้ำ',
    en: 'The text is the same as in the last version, so there is nothing to freeze.',
  },
  'no-submissions': {
    th: 'ยังไม่มีกลุ่มใดส่งร่าง รอให้กลุ่มส่งก่อน',
    en: 'No group has handed in a draft yet.',
  },
} as const
