/** Loaded into every measured server: on SIGUSR2 garbage is collected, so that memory means what is held. */
process.on('SIGUSR2', () => globalThis.gc?.())
