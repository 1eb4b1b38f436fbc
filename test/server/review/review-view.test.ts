/** Rules of what a reviewer sees of a clause's origin. */
import assert from 'node:assert/strict'
import { differingFigures } from '../../../server/review/review-view.ts'

describe('the origin of a clause', () => {
  it('[RV11] only figures of one kind that differ are shown, with their groups', () => {
    const origin = (group: number, text: string) => ({ group, code: '9.1', text })
    assert.deepEqual(
      differingFigures([
        origin(1, 'จ่ายเดือนละ 1,000 บาท ภายใน 3 วัน'),
        origin(3, 'จ่าย ๑,๐๐๐ บาท ภายใน 3 วัน'),
        origin(6, 'จ่าย 1,500 บาท ภายใน 3 วัน'),
      ]).map(({ text, groups }) => `${text} ${groups.join()}`),
      ['1,000 บาท 1,3', '1,500 บาท 6'],
    )
    assert.deepEqual(differingFigures([origin(1, 'ภายใน 3 วัน'), origin(2, 'ภายใน 3 วัน')]), [])
  })
})
