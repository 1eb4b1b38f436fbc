/** What a workshop is, as its makers describe it: on the server and in the fields of its page. */
export type About = {
  readonly title: string
  readonly organiser: string
  readonly place: string
  /** YYYY-MM-DD. */
  readonly begins: string
  readonly ends: string
  readonly subject: string
}
