/** What presence may say, and what others get of it. */
import assert from 'node:assert/strict'
import { Malformed } from '../../../server/collab/byte-reader.ts'
import { stampState } from '../../../server/collab/presence.ts'

const USER = '{"id":"ann","name":"Ann \\"A.\\" }"}'
const ann = JSON.parse(USER) as unknown

describe('what others get of presence', () => {
  for (const said of [
    '{}',
    ' { } ',
    '{"caret":{"a":1,"h":2}}',
    '{"caret":null}\n',
    '{"text":"}{\\"user\\":1"}',
    '{"user":{"id":"ben","name":"Ben"}}',
    '{"user":1,"caret":3,"user":{"id":"ben"}}',
    '{"us\\u0065r":"ben","deep":{"user":"kept"}}',
    '{"__proto__":{"user":"ben"}}',
  ])
    it(`[SY9] of ${JSON.stringify(said)}: all that it says, but who it is says the server`, () => {
      const stamped = stampState(said, USER) ?? ''
      const expected = JSON.parse(said) as Record<string, unknown>
      assert.deepEqual(JSON.parse(stamped), { ...expected, user: ann })
      assert.equal(stamped.split(USER).length, 2, 'once')
    })

  it('[SY9] null says that it left; what is no small object is malformed', () => {
    assert.equal(stampState('null', USER), null)
    for (const said of ['', '{', '1', '"a"', '[]', '{}{}', `{"a":"${'x'.repeat(2048)}"}`])
      assert.throws(() => stampState(said, USER), Malformed, said.slice(0, 10))
  })
})
