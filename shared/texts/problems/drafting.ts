/** Problems of drafting. */
export const draftingProblems = {
  'draft-closed': {
    th: 'ร่างนี้ส่งแล้ว แก้ไม่ได้ ถ้าต้องแก้ ให้วิทยากรเปิดร่างอีกครั้ง',
    en: 'This draft has been handed in. Ask the facilitator to open it again.',
  },
  'not-of-group': {
    th: 'มีคนที่ไม่ได้อยู่ในกลุ่มนี้ โหลดหน้านี้ใหม่แล้วเลือกอีกครั้ง',
    en: 'One of them is not in this group. Load the page again and choose anew.',
  },
  'restored-meanwhile': {
    th: 'มีคนเพิ่งนำข้อความเดิมกลับมาก่อนหน้านี้ ดูข้อความตอนนี้อีกครั้งก่อน แล้วค่อยเลือกใหม่',
    en: 'Somebody else has just restored an earlier text. Look at what stands now, then choose again.',
  },
  'changed-meanwhile': {
    th: 'ระหว่างที่คุณดูอยู่ มีคนย้าย ลบ หรือนำบางคำกลับมา จึงยังไม่มีอะไรเปลี่ยน ดูข้อความตอนนี้อีกครั้งก่อน แล้วค่อยเลือกใหม่',
    en: 'While you were looking somebody moved, deleted or brought back some of these words, so nothing has changed. Look at what stands now, then choose again.',
  },
  'restore-too-large': {
    th: 'ถ้านำข้อความนี้กลับมา ร่างจะใหญ่เกินกว่าที่เก็บได้ จึงยังไม่มีอะไรเปลี่ยน คัดลอกเฉพาะส่วนที่ต้องการจากหน้านี้ไปวางในร่าง หรือเลือกช่วงเวลาอื่น',
    en: 'With this text the draft would be larger than it may be, so nothing has changed. Copy just the part you need from this page into the draft, or choose another moment.',
  },
} as const
