/** `npm start`: installs and builds what is missing, then runs the server in this process. Plain JavaScript without dependencies, because on a fresh clone nothing is installed yet. */
const [major, minor] = process.versions.node.split('.').map(Number)
const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
if (!fits) {
  console.error(
    `Rangruam needs Node 20.19 or later, 22.12 or later, best Node 24; this is ${process.versions.node}. Get it from https://nodejs.org`,
  )
  process.exit(1)
}

// Imported after the check: an old Node would stop at the syntax with a stack instead of a sentence.
const { install, build } = await import('./build.mjs')
if (!(await install())) {
  console.error('The dependencies could not be installed; npm says why above.')
  process.exit(1)
}
if (!(await build())) {
  console.error('The build failed; the compiler says why above.')
  process.exit(1)
}
process.env.NODE_ENV ??= 'production'
// Same process: signals and the exit code are the server's own.
await import('../dist/server/main.js')
