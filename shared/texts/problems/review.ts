/** Problems of review, approval and documents. */
export const reviewProblems = {
  'already-submitted': {
    th: 'ฉบับนี้เสนอพิจารณาแล้ว เปิดหน้าพิจารณาเพื่อดูผล',
    en: 'This version has been handed in already. Open its review.',
  },
  'not-latest': {
    th: 'มีฉบับที่ใหม่กว่านี้แล้ว เสนอพิจารณาได้เฉพาะฉบับล่าสุด',
    en: 'There is a newer version. Only the latest can be handed in.',
  },
  'review-closed': {
    th: 'ฉบับนี้ไม่ได้อยู่ระหว่างพิจารณา โหลดหน้าใหม่เพื่อดูสถานะล่าสุด',
    en: 'This version is not under review now. Reload to see where it stands.',
  },
  'hash-differs': {
    th: 'ลายพิมพ์ที่ส่งมาไม่ตรงกับฉบับนี้ จึงยังไม่บันทึกผล โหลดหน้าใหม่และตรวจรหัสฉบับอีกครั้ง',
    en: 'The fingerprint is not that of this version, so nothing was recorded. Reload and compare the code again.',
  },
  'answers-missing': {
    th: 'ยังเหลือ {left} มาตรการที่ไม่มีคำตอบ ตอบให้ครบก่อน หรือกดเห็นด้วยทุกข้อที่เหลือ',
    en: '{left} measures have no answer yet. Answer them, or accept all the rest.',
  },
  'answer-reason-needed': {
    th: 'เขียนเหตุผลที่ไม่เห็นด้วย กลุ่มเจ้าของข้อจะได้อ่าน',
    en: 'Give the reason for declining. The clause’s groups will read it.',
  },
  'answer-change-needed': { th: 'เขียนว่าขอให้แก้อย่างไร', en: 'Say what is to be changed.' },
  'return-reason-needed': {
    th: 'เขียนเหตุผลที่ส่งกลับ เจ้าของเรื่องจะได้แก้ถูกจุด',
    en: 'Give the reason for sending it back.',
  },
  'behalf-needed': {
    th: 'ระบุชื่อผู้บริหารเจ้าของผลการพิจารณาที่บันทึกแทน',
    en: 'Name the policymaker whose decision you record.',
  },
  'export-failed': {
    th: 'สร้างไฟล์ไม่สำเร็จ ลองใหม่อีกครั้ง ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบ',
    en: 'The file could not be made. Try again, or tell the administrator.',
  },
} as const
