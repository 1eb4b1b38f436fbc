/** Problems of joining, signing in and accounts. */
export const peopleProblems = {
  'wrong-code': {
    th: 'ไม่พบรหัสนี้ ดูเลข 9 ตัวบนจอหน้าห้องอีกครั้ง โดยเฉพาะตัวท้าย',
    en: 'No workshop has this code. Look at the nine digits on the wall again, the last ones above all.',
  },
  'code-closed': {
    th: 'เวทีนี้ปิดรับด้วยรหัสแล้ว ใช้ QR บนบัตรของคุณ หรือขอให้วิทยากรเปิดรับ',
    en: 'This workshop no longer takes the code. Use the QR on your card, or ask the facilitator to open it.',
  },
  'name-unknown': {
    th: 'ไม่พบชื่อนี้ในทะเบียน ตรวจตัวสะกดอีกครั้ง หรือแจ้งวิทยากรให้เพิ่มชื่อ',
    en: 'This name is not on the roster. Check the spelling, or ask the facilitator to add you.',
  },
  'notice-changed': {
    th: 'ประกาศเรื่องข้อมูลส่วนบุคคลมีฉบับใหม่ อ่านแล้วกดรับทราบอีกครั้ง',
    en: 'The notice about personal data has a new version. Read it and accept it again.',
  },
  'card-dead': {
    th: 'ลิงก์นี้ใช้ไม่ได้แล้ว อาจมีลิงก์ใหม่แทน ขอลิงก์ใหม่จากวิทยากร หรือเข้าด้วยรหัสของเวที',
    en: 'This link no longer works; a newer one may stand in its place. Ask the facilitator, or join with the workshop code.',
  },
  'link-dead': {
    th: 'ลิงก์นี้ใช้ไม่ได้แล้ว อาจถูกใช้ไปแล้ว หมดอายุ หรือถูกยกเลิก ขอลิงก์ใหม่จากผู้ดูแลระบบ',
    en: 'This link no longer works: it was used, has expired or was revoked. Ask the administrator for a new one.',
  },
  'wrong-sign-in': {
    th: 'ชื่อเข้าระบบหรือรหัสผ่านไม่ถูก ตรวจแล้วลองอีกครั้ง',
    en: 'The sign-in name or the password is wrong. Check both and try again.',
  },
  'wrong-old-password': {
    th: 'รหัสผ่านเดิมไม่ถูก ลองอีกครั้ง',
    en: 'The present password is wrong. Try again.',
  },
  'sign-in-name-taken': {
    th: 'มีคนใช้ชื่อเข้าระบบนี้แล้ว ใช้ชื่ออื่น เช่น อีเมลของคุณ',
    en: 'Somebody has this sign-in name. Use another, such as your e-mail address.',
  },
  'password-too-short': {
    th: 'รหัสผ่านสั้นไป ใช้อย่างน้อย 10 ตัว เช่น คำหลายคำต่อกัน',
    en: 'The password is too short. Use at least 10 characters, such as several words.',
  },
  'password-too-long': { th: 'รหัสผ่านยาวเกิน 200 ตัว ใช้ให้สั้นลง', en: 'The password is longer than 200 characters.' },
  'password-too-plain': {
    th: 'รหัสผ่านนี้เดาง่ายเกินไป อย่าใช้ชื่อเข้าระบบ ตัวซ้ำ หรือเลขเรียงกัน',
    en: 'This password is too easy to guess: not the sign-in name, one letter again and again, or a count.',
  },
  'last-administrator': {
    th: 'นี่คือผู้ดูแลระบบคนสุดท้าย แต่งตั้งอีกคนก่อน',
    en: 'This is the last administrator. Appoint another first.',
  },
  'workshop-needed': {
    th: 'บทบาทนี้ต้องเลือกเวทีด้วย เลือกเวทีแล้วส่งใหม่',
    en: 'This role needs a workshop. Choose one and send again.',
  },
  'role-holds-everywhere': {
    th: 'บทบาทนี้ใช้กับทั้งระบบ ไม่ต้องเลือกเวที',
    en: 'This role holds everywhere. Leave the workshop empty.',
  },
  'demo-closed': {
    th: 'เวทีตัวอย่างปิดแล้ว เข้าด้วยรหัสของเวที หรือเข้าระบบเจ้าหน้าที่',
    en: 'The demo is closed. Join with a workshop code, or sign in as staff.',
  },
} as const
