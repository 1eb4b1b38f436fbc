/** Makes elements for the editor's own parts; attributes only, never inline styles (the CSP refuses them). */

/** An element with attributes and children; a false or undefined attribute is left out, true is written as empty. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children)
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

/** One icon of the page's sprite. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}

/** A button that acts on press and keeps the caret where it is. */
export function button(className: string, label: string, onPress: () => void, iconName?: string): HTMLButtonElement {
  const element = make('button', { type: 'button', class: className })
  if (iconName !== undefined) element.append(icon(iconName))
  element.append(make('span', {}, label))
  element.addEventListener('click', onPress)
  return element
}
