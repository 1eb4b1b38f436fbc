/** Why a store could not be opened or copied: one clear line for the person who starts the server. */
export type StoreFailure =
  | 'locked' // another process has the folder
  | 'unwritable' // the folder cannot be made or written
  | 'damaged' // the file is not ours or its bytes are not what was written
  | 'newer' // written by a later version
  | 'unreachable' // no answer from MONGODB_URI
  | 'occupied' // restore: the folder has data and a running server
  | 'not-here' // backup: there is nothing to copy
  | 'unsupported' // backup of a MongoDB
  | 'failed' // anything else, with the store's own words

export class StoreError extends Error {
  readonly code: StoreFailure
  constructor(code: StoreFailure, message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}
