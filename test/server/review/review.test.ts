/** Rules of review on a real store: answers clause by clause, approval bound to the exact hash, the same version under 1.0. */
import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import type { VersionId } from '../../../shared/ids.ts'
import type { ReviewView } from '../../../shared/review/contract.ts'
import { NO_MEMO } from '../../../shared/review/memo.ts'
import { viewer, WORKSHOP } from '../merging/merging-bench.ts'
import { editor, openReviewBench, policymaker, secretary, type ReviewBench } from './review-bench.ts'

const refused = (code: string) => (error: unknown) => error instanceof Error && error.message === code

describe('review', function () {
  this.timeout(120_000)
  let bench: ReviewBench
  let id: VersionId
  before(async () => {
    bench = await openReviewBench(3)
    id = bench.version
  })
  after(() => bench.close())
  const asked = (view: ReviewView) => view.clauses.filter((clause) => clause.asked)

  it('[RV1] only the editor hands a version in, once, and until then nobody answers', async () => {
    const clause = asked(await bench.reviews.read(editor, id))[0]?.id ?? ''
    await assert.rejects(bench.reviews.submitForReview(policymaker, id), refused('forbidden'))
    await assert.rejects(
      bench.reviews.answer(policymaker, id, { clause, kind: 'accept', words: '' }),
      refused('review-closed'),
    )
    assert.deepEqual(await bench.reviews.submitForReview(editor, id), { state: 'submitted' })
    await assert.rejects(bench.reviews.submitForReview(editor, id), refused('already-submitted'))
    assert.equal(await bench.reviews.versionToReview(WORKSHOP), id)
  })

  it('[OF13] only the editor writes what the memo says; who may download reads it with its defaults', async () => {
    const { memo } = bench
    const before = await memo.read(policymaker, WORKSHOP)
    assert.deepEqual(before.fields, NO_MEMO)
    assert.equal(before.defaults.to, 'อธิบดีกรมพัฒนาสังคมและสวัสดิการ')
    const fields = { ...NO_MEMO, signer: 'นางสาวอรทัย ตัวอย่าง', prefix: 'พม 0300/' }
    await assert.rejects(memo.change(policymaker, WORKSHOP, fields), refused('forbidden'))
    await assert.rejects(memo.read(viewer('participant'), WORKSHOP), refused('forbidden'))
    await memo.change(editor, WORKSHOP, fields)
    assert.deepEqual((await memo.read(secretary, WORKSHOP)).fields, fields)
    const { bytes } = await bench.documents.file(editor, id, 'docx', 'http://localhost')
    const xml = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array())
    assert.ok(xml.includes('(นางสาวอรทัย ตัวอย่าง)') && xml.includes('พม ๐๓๐๐/'))
  })

  it('[RV2] each clause shows the groups it comes from, their words, and the figures on which they differ', async () => {
    const view = await bench.reviews.read(policymaker, id)
    assert.ok(asked(view).length > 0)
    for (const clause of asked(view)) {
      assert.deepEqual(
        clause.groups,
        [...new Set(clause.origins.map(({ group }) => group))].sort((a, b) => a - b),
      )
      assert.ok(clause.origins.length > 0 && clause.decision !== null)
    }
  })

  it('[RV3] a decline needs its reason, a change its words, and a clause must be in the version', async () => {
    const clause = asked(await bench.reviews.read(policymaker, id))[0]?.id ?? ''
    const answer = (kind: 'decline' | 'change' | 'accept', of = clause) =>
      bench.reviews.answer(policymaker, id, { clause: of, kind, words: '  ' })
    await assert.rejects(answer('decline'), refused('answer-reason-needed'))
    await assert.rejects(answer('change'), refused('answer-change-needed'))
    await assert.rejects(answer('accept', 'nowhere'), refused('not-found'))
    const before = asked(await bench.reviews.read(policymaker, id)).length
    assert.deepEqual(await answer('accept'), { left: before - 1 })
  })

  it('[RV4] the secretary records on behalf of a named person and it is shown as such; others may not answer', async () => {
    const clause = asked(await bench.reviews.read(secretary, id))[1]?.id ?? ''
    const input = { clause, kind: 'decline' as const, words: 'งบไม่พอ' }
    await assert.rejects(bench.reviews.answer(secretary, id, input), refused('behalf-needed'))
    await bench.reviews.answer(secretary, id, { ...input, behalf: 'รองฯ วิภา' })
    const given = (await bench.reviews.read(editor, id)).clauses.find((one) => one.id === clause)?.answer
    assert.equal(given?.by, 'รองฯ วิภา')
    assert.equal(given.recordedBy, 'ชื่อของ secretary')
    for (const other of [editor, viewer('facilitator'), viewer('observer'), viewer('participant', 'p', 'g1')])
      await assert.rejects(bench.reviews.answer(other, id, input), refused('forbidden'))
  })

  it('[RV5] approval waits for every measure and refuses any other hash', async () => {
    const { hash } = await bench.reviews.read(policymaker, id)
    const approve = (given: string) => bench.reviews.approve(policymaker, id, { hash: given, capacity: 'self' })
    await assert.rejects(approve(hash), refused('answers-missing'))
    // Another policymaker answers one of the rest at the same moment: that answer stands.
    const asked = (await bench.reviews.read(policymaker, id)).clauses.filter((one) => one.asked && one.answer === null)
    const other = { clause: asked.at(-1)?.id ?? '', kind: 'change' as const, words: 'ให้ระบุหน่วยงาน' }
    const [rest] = await Promise.all([
      bench.reviews.acceptRest(policymaker, id, {}),
      bench.reviews.answer(policymaker, id, other),
    ])
    assert.deepEqual(rest, { left: 0 })
    const { clauses } = await bench.reviews.read(policymaker, id)
    assert.equal(clauses.find((one) => one.id === other.clause)?.answer?.kind, 'change')
    const wrong = `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`
    await assert.rejects(approve(wrong), refused('hash-differs'))
    assert.equal((await bench.reviews.read(policymaker, id)).state, 'submitted')
  })

  it('[RV6] approval gives 1.0 to the same version: content, hash and signature stay, and two presses sign once', async () => {
    const before = await bench.bench.versions.find(id)
    assert.ok(before !== null)
    const approve = () => bench.reviews.approve(policymaker, id, { hash: before.hash, capacity: 'acting' })
    const results = await Promise.allSettled([approve(), approve()])
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    const after = await bench.bench.versions.find(id)
    assert.equal(after?.number, '1.0')
    assert.equal(after.canonical, before.canonical)
    assert.equal(after.hash, before.hash)
    assert.equal(after.signature, before.signature)
    const view = await bench.reviews.read(policymaker, id)
    assert.equal(view.state, 'endorsed')
    assert.equal(view.approvals.length, 1)
    assert.equal(view.approvals[0]?.capacity, 'acting')
  })

  it('[RV7] the bundle verifies offline: hash, signature and every signed statement', async () => {
    const { bytes, name } = await bench.documents.bundle(policymaker, id)
    assert.match(name, /1\.0-[0-9a-f]{8}\.json$/)
    const bundle = JSON.parse(new TextDecoder().decode(bytes)) as {
      canonical: string
      hash: string
      signature: string
      publicKey: string
      approvals: { statement: string; signature: string }[]
    }
    const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest()
    const key = createPublicKey(bundle.publicKey)
    const good = (digest: Uint8Array, signature: string) => verify(null, digest, key, Buffer.from(signature, 'base64'))
    assert.equal(sha(bundle.canonical).toString('hex'), bundle.hash)
    assert.ok(good(sha(bundle.canonical), bundle.signature))
    assert.equal(bundle.approvals.length, 1)
    for (const { statement, signature } of bundle.approvals) {
      assert.ok(good(sha(statement), signature))
      assert.equal((JSON.parse(statement) as { hash: string }).hash, bundle.hash)
      assert.ok(!good(sha(statement.replace('acting', 'self')), signature))
    }
  })

  it('[RV8] strangers read and download only what is published, and only the editor publishes', async () => {
    const nobody = { ...viewer('observer'), person: null, standings: [] }
    await assert.rejects(bench.documents.readable(nobody, id), refused('sign-in-needed'))
    await assert.rejects(bench.reviews.publish(policymaker, id), refused('forbidden'))
    assert.deepEqual(await bench.reviews.publish(editor, id), { state: 'published' })
    assert.equal((await bench.documents.readable(nobody, id)).id, id)
    await assert.rejects(bench.reviews.publish(editor, id), refused('review-closed'))
  })
})

describe('review sent back', function () {
  this.timeout(120_000)
  it('[RV9] a return needs a reason and closes that version; the next version begins as revised', async () => {
    const bench = await openReviewBench(2)
    try {
      await bench.reviews.submitForReview(editor, bench.version)
      await assert.rejects(
        bench.reviews.returnVersion(policymaker, bench.version, { reason: ' ' }),
        refused('return-reason-needed'),
      )
      await bench.reviews.returnVersion(policymaker, bench.version, { reason: 'ขอให้ระบุแหล่งเงิน' })
      const { hash } = await bench.reviews.read(editor, bench.version)
      await assert.rejects(
        bench.reviews.approve(policymaker, bench.version, { hash, capacity: 'self' }),
        refused('review-closed'),
      )
      const { corpusDrafts } = await import('../../bench/corpus.ts')
      const { contentOf } = await import('../merging/merging-bench.ts')
      const { decideAll } = await import('./review-bench.ts')
      const third = corpusDrafts()[2]
      assert.ok(third !== undefined)
      bench.bench.submit(third.group, contentOf(third))
      await decideAll(bench.bench)
      const next = await bench.bench.versions.freeze(editor, WORKSHOP, { legalUnknown: true })
      assert.deepEqual(await bench.reviews.submitForReview(editor, next.id as VersionId), { state: 'revised' })
      const view = await bench.reviews.read(policymaker, next.id as VersionId)
      assert.equal(view.previous?.number, '0.1')
      assert.ok(
        view.clauses.some((clause) => clause.parts.some((part) => part.runs?.some((run) => run.kind === 'added'))),
      )
    } finally {
      await bench.close()
    }
  })
})
