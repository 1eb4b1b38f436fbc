/** Edits around the caret as a keyboard in another process has them made; part of the harness page. */

/**
 * What a keyboard does in one task in Blink (DeleteSurroundingText, replacement): selects letters around the caret within its clause,
 * announces the input, then deletes them or puts text in their place.
 */
export function editAround(before: number, after: number, inputType: string, text: string | null): void {
  const selection = getSelection()
  const focus = selection?.focusNode
  if (selection === null || focus === null || focus === undefined) return
  const element = focus instanceof Element ? focus : focus.parentElement
  const block = element?.closest('p, .rec-input')
  const editable = element?.closest('[contenteditable]')
  if (block === null || block === undefined || editable === null || editable === undefined) return
  const range = document.createRange()
  range.setStart(block, 0)
  range.setEnd(focus, selection.focusOffset)
  const at = range.toString().length
  const point = (offset: number): [Node, number] => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let left = offset
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0
      if (left <= length) return [node, left]
      left -= length
    }
    return [block, block.childNodes.length]
  }
  const [startNode, startOffset] = point(Math.max(0, at - before))
  const [endNode, endOffset] = point(at + after)
  selection.setBaseAndExtent(startNode, startOffset, endNode, endOffset)
  const event = new InputEvent('beforeinput', { inputType, data: text, bubbles: true, cancelable: true })
  if (!editable.dispatchEvent(event)) return
  // The only way in which a page can enter text as a keyboard does.
  if (text === null) document.execCommand('delete')
  else document.execCommand('insertText', false, text)
}
