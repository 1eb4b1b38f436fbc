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
} as const
