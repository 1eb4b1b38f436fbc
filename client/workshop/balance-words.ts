/** The sentence that says why groups are balanced, from the numbers that were counted. */
import type { BalanceReason } from '../../shared/workshop/balance.ts'
import type { Texts } from '../../shared/texts/index.ts'

/** Types named in the sentence; the rest are in the table. */
const NAMED = 3

export function balanceWords(reason: BalanceReason, t: Texts): string {
  const types = reason.types.slice(0, NAMED).map(({ type, span }) => {
    const name = type === null ? t.workshop.unknownType : t.terms.lgoTypes[type]
    return t.workshop.reasonType(name, span.min, span.max)
  })
  const parts =
    types.length < 2 ? types.join('') : `${types.slice(0, -1).join(', ')}${t.workshop.and} ${types.at(-1) ?? ''}`
  return [
    t.workshop.reasonSizes(reason.size.min, reason.size.max),
    t.workshop.reasonTypes(` ${parts}`),
    t.workshop.reasonProvinces(reason.provinces.min, reason.provinces.max),
    t.workshop.reasonOrganisation(reason.sameOrganisation),
  ].join(' · ')
}

/** Sizes and every type differ by one at most. */
export function isEven(reason: BalanceReason): boolean {
  return [reason.size, ...reason.types.map(({ span }) => span)].every(({ min, max }) => max - min <= 1)
}
