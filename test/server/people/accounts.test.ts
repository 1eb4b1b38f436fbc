/** Staff accounts: the first administrator, invitations, signing in, roles, switching off. */
import assert from 'node:assert/strict'
import { createAttempts } from '../../../server/people/attempts.ts'
import { networkOf } from '../../../server/people/network-of.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { cookieOf, refusal, startPeople, viewerWith, WORKSHOP, type PeopleUnderTest } from './support.ts'

const IP = '10.0.0.1'
const PASSWORD = 'สี่คำ ยาว ๆ ไว้'
const administrator = viewerWith('administrator')

describe('staff accounts', () => {
  let tested: PeopleUnderTest
  let first: PersonId
  const accept = (secret: string, signInName: string, password = PASSWORD) =>
    tested.people.invitations.accept({ secret, name: 'ปรีชา', signInName, password }, IP)
  const signIn = (signInName: string, password: string, ip = IP) =>
    tested.people.accounts.signIn(signInName, password, ip)

  before(async () => {
    tested = await startPeople()
  })
  after(() => tested.stop())

  it('[PE6] the link of the first administrator works once, is made anew at each start, and never when there is one', async () => {
    const { invitations } = tested.people
    const old = await invitations.firstAdministratorSecret()
    const secret = await invitations.firstAdministratorSecret()
    assert.ok(old !== null && secret !== null && /^[\w-]{22}$/.test(secret))
    assert.equal(await refusal(invitations.look(old, IP)), 'link-dead')
    assert.equal((await invitations.look(secret, IP)).kind, 'first-administrator')
    assert.equal(await refusal(accept(secret, 'preecha', 'short')), 'password-too-short')
    first = await accept(secret, 'Preecha@Example.go.th')
    assert.equal(await refusal(accept(secret, 'second')), 'link-dead')
    assert.equal(await invitations.firstAdministratorSecret(), null)
    assert.deepEqual((await tested.people.accounts.viewerOf(first))?.standings, [{ role: 'administrator' }])
  })

  it('[PE7] an invitation carries a role and a workshop; made anew the old link dies; revoked it is dead', async () => {
    const { invitations } = tested.people
    const made = await invitations.invite(administrator, 'อรทัย', { role: 'facilitator', workshop: WORKSHOP })
    const again = await invitations.reissue(administrator, made.id)
    assert.equal(await refusal(accept(made.secret, 'orathai')), 'link-dead')
    const person = await accept(again.secret, 'orathai')
    const known = await tested.people.accounts.viewerOf(person)
    assert.deepEqual(known?.standings, [{ role: 'facilitator', workshop: WORKSHOP }])
    assert.equal(await refusal(invitations.reissue(administrator, made.id)), 'conflict')
    const other = await invitations.invite(administrator, 'ใครสักคน', { role: 'editor', workshop: WORKSHOP })
    await invitations.revoke(administrator, other.id)
    assert.equal(await refusal(accept(other.secret, 'somebody')), 'link-dead')
    assert.deepEqual(
      (await invitations.list(administrator)).map(({ state }) => state).sort((a, b) => a.localeCompare(b)),
      ['accepted', 'revoked'],
    )
  })

  it('[PE7] only an administrator invites; a workshop is needed where the role needs one', async () => {
    const { invitations } = tested.people
    const facilitator = viewerWith('facilitator', WORKSHOP)
    assert.equal(
      await refusal(invitations.invite(facilitator, 'ก', { role: 'editor', workshop: WORKSHOP })),
      'forbidden',
    )
    assert.equal(await refusal(invitations.invite(administrator, 'ก', { role: 'editor' })), 'workshop-needed')
    assert.equal(
      await refusal(invitations.invite(administrator, 'ก', { role: 'administrator', workshop: WORKSHOP })),
      'role-holds-everywhere',
    )
  })

  it('[PE8] two people pressing the same link at once make one account', async () => {
    const { invitations } = tested.people
    const { secret } = await invitations.invite(administrator, 'คู่', { role: 'editor', workshop: WORKSHOP })
    const outcomes = await Promise.all(['one', 'two', 'three'].map((name) => refusal(accept(secret, `double-${name}`))))
    assert.equal(outcomes.filter((outcome) => outcome === null).length, 1)
  })

  it('[PE8] a sign-in name that is taken leaves the invitation open', async () => {
    const { secret } = await tested.people.invitations.invite(administrator, 'ซ้ำ', {
      role: 'editor',
      workshop: WORKSHOP,
    })
    assert.equal(await refusal(accept(secret, 'ORATHAI')), 'sign-in-name-taken')
    assert.equal(await refusal(accept(secret, 'orathai2')), null)
  })

  it('[PE9] signing in takes the name in any letters; wrong name and wrong password say the same', async () => {
    assert.equal(await signIn(' preecha@example.GO.TH ', PASSWORD), first)
    assert.equal(await refusal(signIn('preecha@example.go.th', 'wrong')), 'wrong-sign-in')
    assert.equal(await refusal(signIn('nobody', PASSWORD)), 'wrong-sign-in')
  })

  it('[PE10] failures slow their address and that account; a right password elsewhere is not kept out', async () => {
    let refused = 0
    for (let n = 0; n < 12; n++) if ((await refusal(signIn('orathai', 'wrong', '10.0.0.66'))) === 'too-many') refused++
    assert.ok(refused >= 3, `${refused} of 12 tries were held off`)
    assert.equal(await refusal(signIn('preecha@example.go.th', PASSWORD, '10.0.0.66')), 'too-many')
    assert.equal(await refusal(signIn('preecha@example.go.th', PASSWORD, '10.0.0.7')), null)
  })

  it('[PE10] the addresses that one IPv6 network has are one guesser; what is mapped is the IPv4 address', () => {
    const same = (one: string, other: string): void => assert.equal(networkOf(one), networkOf(other), `${one} ${other}`)
    const apart = (one: string, other: string): void =>
      assert.notEqual(networkOf(one), networkOf(other), `${one} ${other}`)
    same('2001:db8:0:7::1', '2001:0DB8::7:9999:8888:7777:6666')
    same('2001:db8::', '2001:db8::1:2:3:4')
    same('fe80::1%eth0', 'fe80::2%eth1')
    same('::ffff:10.0.0.66', '10.0.0.66')
    same('1:2:3:4::5.6.7.8', '1:2:3:4:9:8:7:6')
    apart('2001:db8:0:7::1', '2001:db8:0:8::1')
    apart('2001:db8::1', '2001:db8:1::1')
    apart('10.0.0.66', '10.0.0.67')
    const attempts = createAttempts({ freeByAddress: 8, freeOverall: 1_000, longestDelayMs: 60_000 })
    for (let n = 0; n < 8; n++) attempts.failed(`2001:db8:0:7::${n}`)
    assert.throws(() => attempts.check('2001:db8:0:7::9'), { status: 429 })
    attempts.check('2001:db8:0:8::9')
  })

  it('[PE11] a password is stored as argon2id', async () => {
    const stored = await tested.store.connection.model('account').find().lean<{ passwordHash: string }[]>()
    assert.ok(stored.length > 0)
    for (const { passwordHash } of stored) assert.match(passwordHash, /^\$argon2id\$/)
  })

  it('[PE12] a changed password ends every session; the old one is asked for', async () => {
    const { accounts, sessions } = tested.people
    const cookie = cookieOf(await sessions.start(first, 'staff', undefined))
    const viewer = await sessions.authenticate(cookie)
    assert.ok(viewer)
    assert.equal(await refusal(accounts.changePassword(viewer, 'wrong', 'another long one', IP)), 'wrong-old-password')
    await accounts.changePassword(viewer, PASSWORD, 'another long one', IP)
    assert.equal(await sessions.authenticate(cookie), null)
    assert.equal(await signIn('preecha@example.go.th', 'another long one'), first)
  })

  it('[PE34] a one-time link sets a new password: sessions end, the old one and the link are dead; a weak one leaves it open', async () => {
    const { accounts, invitations, passwordLinks, sessions } = tested.people
    const { secret: invited } = await invitations.invite(administrator, 'มานะ', { role: 'editor', workshop: WORKSHOP })
    const person = await accept(invited, 'forgetful')
    const cookie = cookieOf(await sessions.start(person, 'staff', undefined))
    assert.equal(await refusal(passwordLinks.make(viewerWith('facilitator', WORKSHOP), person)), 'forbidden')
    const old = await passwordLinks.make(administrator, person)
    const secret = await passwordLinks.make(administrator, person)
    assert.equal(await refusal(passwordLinks.look(old, IP)), 'link-dead')
    assert.deepEqual(await passwordLinks.look(secret, IP), { name: 'ปรีชา', signInName: 'forgetful' })
    assert.equal(await signIn('forgetful', PASSWORD), person, 'the password holds until the link is used')
    assert.equal(await refusal(passwordLinks.use(secret, 'short', IP)), 'password-too-short')
    const both = await Promise.all(
      ['a new long password', 'another new password'].map((fresh) => refusal(passwordLinks.use(secret, fresh, IP))),
    )
    assert.deepEqual(both.map((said) => said ?? 'set').sort(), ['link-dead', 'set'])
    const fresh = both[0] === null ? 'a new long password' : 'another new password'
    assert.equal(await sessions.authenticate(cookie), null)
    assert.equal(await refusal(signIn('forgetful', PASSWORD, '10.0.0.9')), 'wrong-sign-in')
    assert.equal(await signIn('forgetful', fresh), person)
    await accounts.setActive(administrator, person, false)
    assert.equal(await refusal(passwordLinks.make(administrator, person)), 'forbidden')
    const stored = JSON.stringify(await tested.store.connection.model('password-link').find().lean())
    for (const each of [old, secret]) assert.ok(!stored.includes(each))
  })

  it('[PE13] switching an account off ends its sessions and tells the sockets; the last administrator stays', async () => {
    const { accounts, sessions, invitations } = tested.people
    const { secret } = await invitations.invite(administrator, 'ลา', { role: 'editor', workshop: WORKSHOP })
    const person = await accept(secret, 'leaving')
    const cookie = cookieOf(await sessions.start(person, 'staff', undefined))
    await accounts.setActive(administrator, person, false)
    assert.equal(await sessions.authenticate(cookie), null)
    assert.ok(tested.events.some((event) => event.kind === 'person-revoked' && event.person === person))
    assert.equal(await refusal(signIn('leaving', PASSWORD, '10.0.0.8')), 'wrong-sign-in')
    assert.equal(await refusal(accounts.setActive(administrator, first, false)), 'last-administrator')
    assert.equal(
      await refusal(accounts.withdraw(administrator, first, { role: 'administrator' })),
      'last-administrator',
    )
  })

  it('[PE14] what was done stands in the access log, without names and texts', async () => {
    const deeds = await tested.people.audit.list(administrator, 200)
    for (const what of ['first-administrator-accepted', 'invitation-made:editor', 'signed-in', 'account-closed']) {
      assert.ok(
        deeds.some((deed) => deed.what === what),
        what,
      )
    }
    assert.doesNotMatch(JSON.stringify(deeds), /[\u0E00-\u0E7F]|orathai|preecha/)
  })

  it('[PE15] the demo’s people have no password and no role that holds everywhere', async () => {
    const { accounts, front } = tested.people
    assert.equal(await refusal(accounts.createDemo('ใคร', 'administrator', WORKSHOP)), 'forbidden')
    assert.equal(await refusal(accounts.createDemo('ใคร', 'data-protection-officer', WORKSHOP)), 'forbidden')
    const demo = (await tested.people.workshops.demo())!
    const person = await accounts.createDemo('อรทัย', 'facilitator', demo)
    assert.equal(await refusal(accounts.grant(administrator, person, { role: 'administrator' })), 'forbidden')
    assert.equal((await front.signIn('facilitator', undefined)).person, person)
    assert.equal(await refusal(front.signIn('administrator', undefined)), 'demo-closed')
    assert.ok(!(await front.cards()).cards.some(({ role }) => role === 'editor'), 'no card without a person')
  })

  it('[PE35] while the demo is being made there are no cards and nobody enters: the front page says so', async () => {
    const { front } = tested.people
    tested.made = false
    assert.deepEqual(await front.cards(), { cards: [], workshop: null, preparing: true })
    assert.equal(await refusal(front.signIn('facilitator', undefined)), 'demo-closed')
    tested.made = true
    assert.equal((await front.cards()).preparing, false)
  })

  it('[PE16] the demo’s cards vanish once a real workshop exists, unless an administrator shows them again', async () => {
    const { front } = tested.people
    assert.ok((await front.cards()).cards.length > 0)
    tested.real = true
    assert.deepEqual((await front.cards()).cards, [])
    assert.equal(await refusal(front.signIn('facilitator', undefined)), 'demo-closed')
    await front.switchDemo(administrator, true)
    assert.ok((await front.cards()).cards.length > 0)
  })
})
