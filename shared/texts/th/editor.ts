/** Thai words inside the draft's text: controls of sections and recommendations. */
export const editor = {
  text: 'ข้อความของร่าง',
  addClause: 'เขียนได้ที่นี่',
  addRecommendation: 'เพิ่มมาตรการ',
  removeRecommendation: 'ลบมาตรการนี้',
  recommendation: 'มาตรการ',
  chooseTargetGroups: 'เลือกกลุ่มเป้าหมาย',
  notChosen: 'ยังไม่เลือก',
  lgoTypes: 'เหมาะกับ อปท. ประเภท',
  amount: 'จำนวนเงิน (บาท)',
  unit: 'ต่อ',
  unitHint: 'เช่น คน/เดือน',
  moreFields: 'ใส่รายละเอียด',
  fewerFields: 'ย่อรายละเอียด',
}
