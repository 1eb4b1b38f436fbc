/** A package from the demo's nine drafts: every clause decided by rule, so that documents have their real size. */
import type { Clause, DraftContent, SectionContent } from '../../../shared/drafting/canonical.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { LONG_TEMPLATE } from '../../../shared/drafting/template.ts'
import { DECISION_KINDS } from '../../../shared/merging/decisions.ts'
import { mainText, unitsOf } from '../../../shared/merging/sources.ts'
import { corpusDraft } from '../../../server/demo/corpus-draft.ts'
import { packageOf } from '../../../server/office/package.ts'
import type { LedgerRow, PackageInput } from '../../../server/office/package-input.ts'
import { corpusDrafts } from '../../bench/corpus.ts'

const AT = Date.UTC(2019, 2, 18, 3)

export const SIGNER = 'นางสาวอรทัย ตัวอย่าง'
export const POSITION = 'ผู้อำนวยการกองพัฒนาระบบสวัสดิการสังคม'

/** `extra` clauses are put at the end of the background and of the recommendations. */
export function sampleInput(extra: { text?: readonly Clause[]; measures?: readonly Clause[] } = {}): PackageInput {
  const drafts = corpusDrafts()
  const ledger: LedgerRow[] = []
  const clauses = new Map<string, Clause[]>()
  let nth = 0
  for (const draft of drafts) {
    const content = corpusDraft(draft, () => newClauseId())
    for (const unit of unitsOf({ submission: `s${draft.group}`, group: draft.group, content })) {
      const kind = DECISION_KINDS[nth % 9 < 5 ? nth % 2 : nth % 5] ?? 'adopt'
      nth += 1
      const stays = kind === 'adopt' || kind === 'edit'
      if (stays && unit.section !== 'title')
        clauses.set(unit.section, [...(clauses.get(unit.section) ?? []), unit.clause])
      ledger.push({
        group: draft.group,
        code: unit.code,
        text: mainText(unit.clause),
        kind,
        reason: kind === 'decline' ? 'อยู่นอกอำนาจของ อปท.' : '',
        where: stays ? [unit.clause.id] : [],
      })
    }
  }
  const section = (id: SectionContent['id']): SectionContent => ({
    id,
    choices: id === 'target_groups' ? ['elderly', 'disabled'] : [],
    clauses: [
      ...(clauses.get(id) ?? []),
      ...(id === 'background' ? (extra.text ?? []) : id === 'recommendations' ? (extra.measures ?? []) : []),
    ],
  })
  const content: DraftContent = {
    format: 'rangruam-draft/1',
    template: LONG_TEMPLATE.id,
    sections: LONG_TEMPLATE.sections.map(({ id }) => section(id)),
  }
  return {
    version: {
      content,
      number: '0.1',
      hash: '51be09d4'.repeat(8),
      at: AT,
      title: 'ข้อเสนอเชิงนโยบายว่าด้วยบทบาทขององค์กรปกครองส่วนท้องถิ่นในงานสวัสดิการสังคม',
    },
    approval: null,
    workshop: {
      title: 'โครงการฝึกอบรมผู้ปฏิบัติงานด้านสวัสดิการสังคมขององค์กรปกครองส่วนท้องถิ่น',
      place: 'กรุงเทพมหานคร',
      begins: '2019-02-27',
      ends: '2019-03-01',
      department: 'กรมพัฒนาสังคมและสวัสดิการ',
      participants: 83,
    },
    groups: drafts.map((draft) => ({ number: draft.group, name: draft.group_name })),
    ledger,
    memo: {
      agency: 'กรมพัฒนาสังคมและสวัสดิการ กองพัฒนาระบบสวัสดิการสังคม',
      contact: 'โทร. 0 2000 0000 ต่อ 1234 ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th',
      prefix: 'พม 0300/',
      to: 'อธิบดีกรมพัฒนาสังคมและสวัสดิการ',
      signer: SIGNER,
      position: POSITION,
    },
    url: 'https://rangruam.example.go.th/p/V1stGXR8Z5jd',
    lawName: (id) => id,
  }
}

export const samplePackage = (): ReturnType<typeof packageOf> => packageOf(sampleInput())
