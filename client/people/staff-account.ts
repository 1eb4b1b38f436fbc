/** A staff account, and the workshops that a role may be given in, as the administrator's page gets them. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { staff } from '../../shared/people/staff-contract.ts'

type Staff = ReplyOf<typeof staff>
export type StaffAccount = Staff['accounts'][number]
export type WorkshopTitles = Staff['workshops']
