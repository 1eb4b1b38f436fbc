/** Lint rules of our own: words of the screen live in the catalogues, styles in style sheets. Plain JavaScript, because the linter loads it on Node 20. */

const THAI = /[\u0E00-\u0E7F]/u

/** Where Thai letters are the matter itself: catalogues, lexicon, demo data, tests. Everywhere else they are a forgotten text. */
const noThai = {
  meta: { messages: { thai: 'Thai letters belong to shared/texts (or shared/thai, server/demo, test), not here.' } },
  create(context) {
    const check = (node, text) => {
      if (THAI.test(text)) context.report({ node, messageId: 'thai' })
    }
    return {
      Literal(node) {
        // As written: a range of escapes in an expression is code, letters are words.
        check(node, node.raw ?? '')
      },
      TemplateElement: (node) => check(node, node.value.raw),
      JSXText: (node) => check(node, node.value),
    }
  },
}

/** The content security policy refuses style attributes, and does so silently on the screen. */
const noInlineStyle = {
  meta: {
    messages: { style: 'The content security policy refuses style=: use a class, or style.setProperty in an effect.' },
  },
  create(context) {
    return {
      JSXAttribute(node) {
        if (node.name.name === 'style') context.report({ node, messageId: 'style' })
      },
    }
  },
}

/** A reader learns from the first line what lives in a file and for whom. */
const openingSentence = {
  meta: { messages: { missing: 'Open the file with one sentence that says what lives here and for whom: /** … */' } },
  create(context) {
    return {
      Program(node) {
        const text = context.sourceCode.text.replace(/^#!.*\n/, '')
        if (!/^\/\*\*\s[^\n]{15,}/.test(text)) context.report({ node, messageId: 'missing' })
      },
    }
  },
}

const plugin = {
  meta: { name: 'house' },
  rules: { 'no-thai-outside-texts': noThai, 'no-inline-style': noInlineStyle, 'opening-sentence': openingSentence },
}

// oxlint-disable-next-line import/no-default-export -- the linter reads a plugin as the default export
export default plugin
