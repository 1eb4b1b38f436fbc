/** Keys of the text. Tab goes from cell to cell and is otherwise the page's: a text that takes it is a trap for people who use the keyboard. */
import type { Command } from 'prosemirror-state'
import { selectAllText } from './commands.ts'
import type { EditorCommands } from './editor-commands.ts'

export function keyBindings(commands: EditorCommands): Record<string, Command> {
  const act = (run: () => void): Command => {
    return () => {
      run()
      return true
    }
  }
  return {
    Enter: commands.keys.splitClause,
    'Shift-Enter': commands.keys.splitClause,
    Backspace: commands.keys.joinUp,
    'Mod-Backspace': commands.keys.joinUp,
    Delete: commands.keys.joinDown,
    'Mod-Delete': commands.keys.joinDown,
    Tab: commands.keys.nextCell,
    'Shift-Tab': commands.keys.cellBefore,
    'Mod-Enter': commands.keys.addRow,
    'Mod-a': selectAllText,
    'Mod-b': act(commands.toggleStrong),
    'Mod-i': act(commands.toggleEm),
    'Mod-z': act(commands.undo),
    'Mod-y': act(commands.redo),
    'Mod-Shift-z': act(commands.redo),
    'Mod-]': act(commands.indent),
    'Mod-[': act(commands.outdent),
    'Mod-Shift-ArrowUp': act(commands.moveUp),
    'Mod-Shift-ArrowDown': act(commands.moveDown),
  }
}
