/** How the pages are built: one entry, lazy chunks, files for everything (the strict CSP allows nothing inline), down to the browser floor. */
import { defineConfig } from 'vite'

/** The oldest browsers that get the pages: Chrome and Edge 109 (the last on Windows 7), Firefox 115, Safari 15.6. */
const FLOOR = ['chrome109', 'edge109', 'firefox115', 'safari15.6']

// oxlint-disable-next-line import/no-default-export -- vite reads its configuration as the default export
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { transformer: 'lightningcss' },
  resolve: {
    // Two copies of these break `instanceof` silently.
    dedupe: ['yjs', 'preact', 'prosemirror-model', 'prosemirror-state', 'prosemirror-transform', 'prosemirror-view'],
  },
  build: {
    target: FLOOR,
    cssTarget: FLOOR,
    cssMinify: 'lightningcss',
    outDir: '../dist/client',
    emptyOutDir: true,
    // Nothing as a data: address: fonts must be files under the CSP, and are shared between visits.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
})
