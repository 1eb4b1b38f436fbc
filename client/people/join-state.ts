/** What the front page hands to the joining page: the code that was typed and the workshop it leads to. Never in the address. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { joinLook } from '../../shared/people/joining-contract.ts'

export type FoundWorkshop = ReplyOf<typeof joinLook>['workshop']
export type Found = { readonly code: string; readonly workshop: FoundWorkshop }

let handed: Found | null = null

export function handOver(found: Found): void {
  handed = found
}

/** What was handed over, once. */
export function takeOver(): Found | null {
  const found = handed
  handed = null
  return found
}
