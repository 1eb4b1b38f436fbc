/** Problems that any room may answer with: what happened and what to do, Thai and English. */
export const generalProblems = {
  'sign-in-needed': {
    th: 'ยังไม่ได้เข้าระบบ หรือหมดเวลาใช้งานแล้ว เปิดลิงก์จากบัตรหรือเข้าระบบอีกครั้ง',
    en: 'You are not signed in, or your session has ended. Open the link on your card or sign in again.',
  },
  forbidden: {
    th: 'บัญชีนี้ทำรายการนี้ไม่ได้ ถ้าควรทำได้ ให้แจ้งวิทยากรหรือผู้ดูแลระบบ',
    en: 'This account may not do that. If it should, tell your facilitator or the administrator.',
  },
  'phase-closed': {
    th: 'ขั้นตอนนี้ยังไม่เปิดหรือปิดไปแล้ว รอวิทยากรเปิดขั้นตอน',
    en: 'This step is not open now. Wait for the facilitator to open it.',
  },
  'not-found': { th: 'ไม่พบสิ่งที่ขอ ตรวจลิงก์อีกครั้ง', en: 'Nothing is here. Check the link.' },
  'bad-request': {
    th: 'ข้อมูลที่ส่งมาไม่ครบหรือไม่ถูกรูปแบบ ({where}) แก้แล้วส่งใหม่',
    en: 'What was sent is incomplete or malformed ({where}). Mend it and send again.',
  },
  'too-large': { th: 'ไฟล์หรือข้อความใหญ่เกินไป แบ่งเป็นส่วนแล้วส่งใหม่', en: 'Too large. Send it in smaller parts.' },
  'too-many': {
    th: 'ลองหลายครั้งเกินไป รอ {seconds} วินาทีแล้วลองใหม่',
    en: 'Too many tries. Wait {seconds} s and try again.',
  },
  'foreign-origin': {
    th: 'คำขอนี้มาจากเว็บอื่น เปิดหน้าของระบบนี้แล้วลองใหม่',
    en: 'The request came from another site. Open this site and try again.',
  },
  conflict: {
    th: 'มีคนแก้เรื่องนี้ไปก่อนแล้ว โหลดหน้าใหม่แล้วลองอีกครั้ง',
    en: 'Somebody changed this first. Reload and try again.',
  },
  'store-failing': {
    th: 'เครื่องกลางเก็บข้อมูลไม่ได้ชั่วคราว รอสักครู่แล้วลองใหม่ ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบ',
    en: 'The server cannot store anything just now. Wait and try again, or tell the administrator.',
  },
  unexpected: {
    th: 'ระบบขัดข้อง เราบันทึกเหตุไว้แล้ว ลองใหม่อีกครั้ง',
    en: 'Something failed on our side and was logged. Try again.',
  },
} as const
