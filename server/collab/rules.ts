/** The rules that frames, updates and presence are judged by: their names, for closing reasons, logs, and the fuzz that counts them. */

/** What no honest client sends: the socket is closed with 4400-4499 and the rule as reason. */
export const CLOSING_RULES = [
  // frames
  'text frame',
  'too many early frames',
  'unknown message',
  'unknown sync step',
  // bytes of anything
  'ends early',
  'trailing bytes',
  'number too large',
  'bad UTF-8',
  // structs of an update
  'impossible count',
  'clients out of order',
  'client twice',
  'bad struct',
  'kind of content',
  'kind of value',
  'bad JSON',
  'deep JSON',
  'key',
  'zero length',
  'clock overflow',
  'self-origin',
  // what an update says about the text that the server has
  'circle',
  'two parents',
  'never neighbours',
  'parent is no type',
  'future delete',
  'missing predecessor',
  'foreign client id',
  'too many client ids',
  // what may stand where, from the schema
  'unknown root',
  'element',
  'attribute',
  'attribute value',
  'format',
  'format value',
  'embed',
  'content here',
  // presence
  'too many presence ids',
  'presence too large',
  'bad presence',
  'presence is not an object',
] as const
export type Rule = (typeof CLOSING_RULES)[number]

/**
 * What is not allowed now (message 101): the socket stays, the frame is dropped, the client sets its words aside. Only behind `store-away` it
 * keeps them to send: the server asks for them when the store is back.
 */
export const REFUSALS = ['draft-closed', 'section-locked', 'read-only', 'too-large', 'store-away'] as const
export type RefusalCode = (typeof REFUSALS)[number]
