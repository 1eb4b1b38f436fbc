/** What "saved" stands on, told on the health page to whoever runs the server: it depends on the store and on its machines. */

/** `one-machine`: a MongoDB alone, where a majority is that one. */
export type SavedMeans = 'one-file' | 'one-machine' | 'most-machines' | 'nothing'

export const SAVED_MEANS: Readonly<Record<SavedMeans, { readonly th: string; readonly en: string }>> = {
  'one-file': {
    th: '“บันทึกแล้ว” หมายถึง เขียนลงดิสก์ของเครื่องนี้แล้ว (fsync) ไฟดับไม่หาย แต่ถ้าดิสก์เสียต้องใช้สำเนาสำรอง',
    en: '"Saved" means written to the disk of this machine (fsync): a power cut loses nothing, a broken disk needs a backup.',
  },
  'one-machine': {
    th: '“บันทึกแล้ว” หมายถึง เขียนลง journal บนดิสก์ของ MongoDB เครื่องเดียวแล้ว (w: majority ของเครื่องเดียวคือเครื่องนั้น) ไฟดับไม่หาย แต่ถ้าดิสก์เสียต้องใช้สำเนาสำรอง ถ้าต้องการทนกว่านี้ให้ใช้ replica set สามเครื่อง',
    en: '"Saved" means written to the journal on the disk of the one machine of MongoDB (w: majority of one machine is that machine): a power cut loses nothing, a broken disk needs a backup. For more, run a replica set of three.',
  },
  'most-machines': {
    th: '“บันทึกแล้ว” หมายถึง อยู่ใน journal บนดิสก์ของเครื่องส่วนใหญ่ใน replica set แล้ว เสียไปหนึ่งเครื่องไม่มีอะไรหาย',
    en: '"Saved" means in the journals on the disks of most machines of the replica set: losing one of them loses nothing.',
  },
  nothing: {
    th: 'ฐานข้อมูลไม่ตอบ ตอนนี้ไม่มีอะไรถูกบันทึก หน้าที่เปิดอยู่เก็บข้อความไว้ในเครื่องของผู้เขียนและจะส่งเองเมื่อฐานข้อมูลกลับมา ตรวจว่าฐานข้อมูลทำงานอยู่และเครือข่ายถึงกัน ไม่ต้องปิดเซิร์ฟเวอร์นี้',
    en: 'The database does not answer and nothing is saved now. Open pages keep their words on the device and send them when it is back. See whether it runs and the network reaches it; leave this server running.',
  },
}
