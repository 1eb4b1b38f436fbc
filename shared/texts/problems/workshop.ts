/** Problems of workshops, rosters, groups and phases. */
export const workshopProblems = {
  'dates-reversed': {
    th: 'วันสิ้นสุดอยู่ก่อนวันเริ่ม แก้วันแล้วบันทึกใหม่',
    en: 'The last day is before the first. Mend the dates and save again.',
  },
  'agenda-without-now': {
    th: 'ตัดขั้นที่กำลังทำอยู่ออกไม่ได้ ย้ายไปขั้นอื่นก่อน',
    en: 'The present step cannot be left out. Move on first.',
  },
  'phase-not-in-agenda': {
    th: 'เวทีนี้ไม่มีขั้นนี้ เพิ่มขั้นในหน้าจัดเวทีก่อน',
    en: 'This workshop has no such step. Add it in the set-up first.',
  },
  'already-there': { th: 'เวทีอยู่ขั้นนี้แล้ว', en: 'The workshop is at this step already.' },
  'nothing-pending': {
    th: 'ไม่มีการเปลี่ยนขั้นที่รออยู่ อาจเปลี่ยนไปแล้ว',
    en: 'No change of step is waiting. It may have happened.',
  },
  'help-taken': { th: 'มีวิทยากรรับเรื่องนี้แล้ว ({name})', en: 'Somebody has taken this call ({name}).' },
  'roster-unreadable': {
    th: 'เปิดไฟล์นี้เป็นทะเบียนไม่ได้ ใช้ไฟล์ .xlsx หรือ .csv ที่บันทึกจาก Excel',
    en: 'This file cannot be read as a roster. Use .xlsx or .csv as saved by Excel.',
  },
  'roster-too-large': {
    th: 'ไฟล์ใหญ่เกินไป (เกิน 5 MB หรือ 10,000 แถว) ตัดเหลือเฉพาะทะเบียนแล้วลองใหม่',
    en: 'The file is too large (over 5 MB or 10,000 rows). Keep the roster only and try again.',
  },
  'roster-no-header': {
    th: 'ไม่พบแถวหัวตารางที่มีช่อง “ชื่อ-สกุล” กับช่องอื่น เช่น “หน่วยงาน” ใส่หัวตารางแล้วลองใหม่',
    en: 'No row names a column for the name and another, such as the organisation. Add a heading row and try again.',
  },
  'name-needed': {
    th: 'ต้องมีทั้งชื่อและหน่วยงาน เติมให้ครบแล้วบันทึกใหม่',
    en: 'Both a name and an organisation are needed.',
  },
  'nobody-to-group': { th: 'ยังไม่มีรายชื่อ นำเข้าทะเบียนก่อน', en: 'There is nobody yet. Import the roster first.' },
  'groups-writing': {
    th: 'กลุ่มเริ่มเขียนแล้ว เปลี่ยนจำนวนกลุ่มไม่ได้ ย้ายคนทีละคนได้',
    en: 'Groups are writing already: their number stays. People can still be moved one by one.',
  },
  'group-elsewhere': { th: 'กลุ่มนี้อยู่คนละเวทีกับผู้เข้าร่วม', en: 'The group belongs to another workshop.' },
} as const
