/** Starts the client: styles, the icon sprite, then the application. */
import { render } from 'preact'
import '../ui/styles.css'
import { App } from './app.tsx'
import { placeSprite } from '../ui/sprite.ts'

placeSprite()
const host = document.getElementById('app')
if (host !== null) render(<App />, host)
