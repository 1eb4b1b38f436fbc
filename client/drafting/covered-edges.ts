/** How much of the window the draft's bars and a keyboard cover; asked whenever a caret is brought into view. */

/** Between a caret and what covers the page, in pixels. */
const ROOM = 12

const COVERS = ['.bar', '.draft-main > .tools', '.dock'] as const

/** What a caret keeps from the edges of the window, in pixels; the lower edge is that of what a keyboard leaves to be seen. */
export function coveredEdges(): { readonly top: number; readonly bottom: number } {
  const seen = visibleBottom()
  let [top, bottom] = [0, seen]
  for (const selector of COVERS) {
    const box = document.querySelector(selector)?.getBoundingClientRect()
    if (box === undefined || box.height === 0) continue
    if (box.top + box.bottom < seen) top = Math.max(top, box.bottom)
    else bottom = Math.min(bottom, box.top)
  }
  return { top: top + ROOM, bottom: seen - bottom + ROOM }
}

/** Where a keyboard, or the window, begins: in the coordinates of the page's boxes. */
export function visibleBottom(): number {
  const { visualViewport } = window
  return visualViewport === null ? innerHeight : visualViewport.offsetTop + visualViewport.height
}
