/** The worker of one export: gets the package as data, answers with the file's bytes, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PackageModel } from '../office/document-model.ts'
import { packageDocx } from '../office/docx.ts'
import { packagePdf } from '../office/pdf.ts'

export type OfficeTask = { readonly format: 'docx' | 'pdf'; readonly model: PackageModel }
export type OfficeAnswer = { readonly bytes: Uint8Array; readonly pages: number | null }

async function made({ format, model }: OfficeTask): Promise<OfficeAnswer> {
  if (format === 'pdf') return packagePdf(model)
  return { bytes: await packageDocx(model), pages: null }
}

const port = parentPort
if (port !== null) {
  made(workerData as OfficeTask).then(
    (answer) => port.postMessage({ answer }),
    (error: unknown) =>
      port.postMessage({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
}
