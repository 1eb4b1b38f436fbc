/** What the bundler resolves besides code. */
declare module '*.svg?raw' {
  const text: string
  export default text
}
declare module '*.css'
