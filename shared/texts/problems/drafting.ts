/** Problems of drafting. */
export const draftingProblems = {
  'draft-closed': {
    th: 'ร่างนี้ส่งแล้ว แก้ไม่ได้ ถ้าต้องแก้ ให้วิทยากรเปิดร่างอีกครั้ง',
    en: 'This draft has been handed in. Ask the facilitator to open it again.',
  },
} as const
