/** Branded ids: strings on the wire and in the database, told apart by the type checker. */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** One workshop (เวที). */
export type WorkshopId = Branded<'workshop'>
/** One group (กลุ่มย่อย) of a workshop. */
export type GroupId = Branded<'group'>
/** One person: a participant of a roster or a member of staff. */
export type PersonId = Branded<'person'>
/** A live document: a group's draft or a workshop's consolidated proposal. */
export type DraftId = Branded<'draft'>
/** Twelve characters that a clause keeps through splits, joins and moves. */
export type ClauseId = Branded<'clause'>
/** A frozen copy of a draft that a group handed in. */
export type SubmissionId = Branded<'submission'>
/** An immutable, hashed version of the consolidated proposal. */
export type VersionId = Branded<'version'>

/** Alphabet of ids made here: no letters that are mistaken for digits on a printed page. */
const ID_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * A fresh id of `length` characters from `crypto.getRandomValues` (present on plain http too, where randomUUID is not).
 * Bytes past the largest multiple of the alphabet are drawn again, so every character is equally likely.
 */
export function freshId<Id extends string>(random: (bytes: Uint8Array) => Uint8Array, length = 12): Id {
  const limit = 256 - (256 % ID_ALPHABET.length)
  let id = ''
  while (id.length < length) {
    for (const byte of random(new Uint8Array(length))) {
      if (byte < limit && id.length < length) id += ID_ALPHABET[byte % ID_ALPHABET.length]
    }
  }
  return id as Id
}
