/** A small disk in memory, mounted for a test and filled to the last byte. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'

/** Mounts `mb` megabytes at a new folder; false where this user may not. */
export function mountSmallDisk(folder: string, mb: number): boolean {
  mkdirSync(folder)
  const { error, status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mb}m`, 'rangruam', folder])
  return error === undefined && status === 0
}

/** Also while something still holds a file of it open. */
export function unmountDisk(folder: string): void {
  spawnSync('umount', ['-l', folder])
}

/** Takes what is left of the disk into one file. */
export function fillDisk(file: string): void {
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4))
    for (;;)
      try {
        appendFileSync(file, new Uint8Array(size))
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
        break
      }
}
