/** Puts the icon sprite into the page once, so that `<use href="#i-…">` finds its symbols without another request. */
import sprite from './icons.svg?raw'

/** Parses the sprite as XML (no HTML sink) and prepends it, hidden, to the body. */
export function placeSprite(): void {
  const svg = new DOMParser().parseFromString(sprite, 'image/svg+xml').documentElement
  svg.setAttribute('class', 'sprite')
  svg.setAttribute('aria-hidden', 'true')
  document.body.prepend(document.importNode(svg, true))
}
