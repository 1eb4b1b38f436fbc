/** The fixed Typst template of the package; users' text comes in as JSON data, never as markup. Measures are those of official papers. */

/**
 * Inputs: `doc` the package as JSON, `cont` words that go over to the next page of the memo by page, `marks` "1" for the measuring
 * pass. Sarabun draws its letters 1/0.6843 times as large as the official face, so 16 pt is set as 10.95 pt on the same 21 pt line.
 */
export const TEMPLATE = String.raw`
#let doc = json(bytes(sys.inputs.doc))
#let cont = json(bytes(sys.inputs.cont))
#let marks = sys.inputs.marks == "1"
#let thai(n) = str(n).clusters().map(c => str.from-unicode(0x0E50 + int(c))).join()
#let sized(points, pitch) = (size: points * 0.6843 * 1pt, top-edge: pitch * 0.69, bottom-edge: pitch * -0.31)
#let grey = luma(90)
#let shade = luma(232)

#set document(title: doc.title, date: none)
#set text(font: "Sarabun", lang: "th", fallback: false, ..sized(16, 21pt))
#set par(justify: true, linebreaks: "simple", leading: 0pt, spacing: 0pt,
  justification-limits: (spacing: (min: 80%, max: 130%), tracking: (min: -0.005em, max: 0.08em)))
#set block(spacing: 0pt)
#set table(stroke: 0.6pt + luma(60), inset: (x: 5pt, y: 2.5pt))
#set table.cell(breakable: false)
#show table: set par(justify: false)
#show heading: it => block(width: 100%, sticky: true, above: 0pt, below: 0pt, it.body)
#show heading: set text(weight: "bold")
#show heading.where(level: 1): set text(..sized(20, 25pt))
#show heading.where(level: 2): set text(..sized(16, 21pt))
#show heading.where(level: 3): set text(..sized(16, 20pt))

#let runs(list) = for r in list {
  let body = text(r.t)
  if r.at("b", default: false) { body = strong(body) }
  if r.at("i", default: false) { body = emph(body) }
  body
}
#let para(body, indent: 2.5cm, above: 0pt) = block(width: 100%, above: above, par(first-line-indent: (amount: indent, all: true), body))

// ---------------------------------------------------------------- the memo
#let marked(clause) = if marks {
  for w in clause.words { text(w); context [#metadata((p: here().page(), w: w))<word>] }
} else { text(clause.text) }

#let dotted(value) = layout(size => {
  let inner = block(width: size.width, inset: (left: 0.25cm), par(justify: false, text(..sized(16, 23pt), value)))
  let lines = calc.max(1, int(calc.round(measure(inner, width: size.width).height / 23pt)))
  block(width: 100%, {
    for i in range(lines) {
      place(top + left, dy: (i + 1) * 23pt - 3.2pt, pdf.artifact(line(length: size.width,
        stroke: (paint: black, thickness: 0.7pt, dash: (0.7pt, 1.7pt)))))
    }
    inner
  })
})
#let label(body) = text(weight: "bold", ..sized(20, 23pt), body)

#set page(paper: "a4", margin: (top: 3.33cm, left: 3cm, right: 2cm, bottom: if cont.len() > 0 { 3.3cm } else { 2cm }),
  header-ascent: 0.75cm, footer-descent: 0.55cm,
  header: context { let n = here().page(); if n > 1 { align(center, text("- " + thai(n) + " -")) } },
  footer: context { let w = cont.at(str(here().page()), default: none); if w != none { align(right, text("/" + w + " ...")) } })

#let m = doc.memo
#place(top + center, dy: 1.62cm - 3.33cm, text(weight: "bold", ..sized(29, 35pt), m.title))
#if doc.draft != "" { place(top + right, dy: 1.62cm - 3.33cm, text(weight: "bold", ..sized(20, 35pt), doc.draft)) }
#for (i, lineText) in m.agency.enumerate() {
  grid(columns: (auto, 1fr), if i == 0 { label(m.labels.agency) } else { hide(label(m.labels.agency)) }, dotted(lineText))
}
#grid(columns: (8cm, 1fr),
  grid(columns: (auto, 1fr), label(m.labels.number), dotted(m.number)),
  grid(columns: (auto, 1fr), label(m.labels.date), dotted(m.date)))
#grid(columns: (auto, 1fr), label(m.labels.subject), dotted(m.subject))
#block(width: 100%, above: 6pt, [#m.toLabel#h(0.5cm)#m.to])
#for part in m.parts {
  block(width: 100%, above: 6pt, sticky: true, par(first-line-indent: (amount: 2.5cm, all: true), text(weight: "bold", marked((text: part.title, words: part.at("words", default: ()))))))
  for clause in part.clauses {
    para({ if clause.label != "" { marked((text: clause.label, words: (clause.label + " ",))); h(0.35cm) }; marked(clause) })
  }
}
#block(width: 100%, breakable: false, {
  para(marked(m.closing), above: 6pt)
  v(63pt)
  let signed = block(width: 9cm, { set align(center); set par(justify: false); block(width: 100%, m.signer); block(width: 100%, m.position) })
  block(width: 100%, inset: (left: 5cm), signed)
})
#[#metadata("memo")<memo-end>]

// ---------------------------------------------------------------- enclosures
#let number-here() = {
  let starts = query(<enc>).map(e => e.location().page()).filter(p => p <= here().page())
  here().page() - starts.last() + 1
}
#let enclosure(name, flipped: false, body) = {
  let margin = if flipped { (top: 2.6cm, bottom: 2.1cm, left: 2cm, right: 2cm) } else { (top: 2.75cm, bottom: 2.3cm, left: 3cm, right: 2cm) }
  set page(paper: "a4", flipped: flipped, margin: margin, header-ascent: 0.45cm, footer-descent: 0.5cm,
    header: context {
      set text(..sized(14, 18pt))
      let n = number-here()
      grid(columns: (1fr, 1fr, 1fr), align: (left, center, right), text(weight: "bold", doc.draft),
        if n > 1 { text("- " + thai(n) + " -") }, text(name))
    },
    footer: { set text(fill: grey, ..sized(12, 16pt)); grid(columns: (1fr, auto), text(doc.footer), text(doc.approval)) })
  [#metadata(name)<enc>]
  body
}
#let qr(side) = {
  let n = doc.qr.len()
  let cell = side / n
  box(width: side, height: side, pdf.artifact({
    for (y, row) in doc.qr.enumerate() {
      let x = 0
      let bits = row.clusters()
      while x < n {
        if bits.at(x) == "1" {
          let start = x
          while x < n and bits.at(x) == "1" { x += 1 }
          place(top + left, dx: start * cell, dy: y * cell, rect(width: (x - start) * cell, height: cell * 1.02, fill: black, stroke: none))
        } else { x += 1 }
      }
    }
  }))
}
#let titled(body, under) = grid(columns: (1fr, 2.1cm), column-gutter: 0.4cm, {
  set par(justify: false)
  heading(level: 1, body)
  if under != "" { block(width: 100%, text(..sized(16, 21pt), under)) }
}, align(right, qr(1.9cm)))
#let head-cell(body) = table.cell(fill: shade, align: center + horizon, text(weight: "bold", body))
#let small-heading(body) = block(width: 100%, above: 5pt, sticky: true, text(weight: "bold", body))

#enclosure(doc.summary.enclosure, {
  let s = doc.summary
  set text(..sized(15, 19pt))
  titled(s.title, doc.title)
  for part in s.parts { small-heading(part.title); para(part.text, indent: 1.5cm) }
  small-heading(s.keyTitle)
  block(width: 100%, above: 3pt, table(columns: (1.3cm, 1fr, 3.8cm, 2.5cm), table.header(..s.keyHead.map(head-cell)),
    ..s.key.map(row => (align(center, row.at(0)), row.at(1), row.at(2), row.at(3))).flatten()))
  small-heading(s.resultsTitle)
  block(width: 100%, above: 3pt, table(columns: (1fr,) * 5, align: center, ..s.resultsHead.map(head-cell), ..s.results.map(text)))
  block(width: 100%, above: 5pt, [#text(weight: "bold", s.asksTitle)#h(0.4cm)#s.asks])
  [#context metadata(number-here())<summary-end>]
})

#enclosure(doc.table.enclosure, flipped: true, {
  let t = doc.table
  set text(..sized(14, 18pt))
  align(center, heading(level: 1, t.title))
  table(columns: (1.25cm, 1fr, 4.3cm, 3.7cm, 2.8cm, 4.6cm, 2.4cm), table.header(..t.head.map(head-cell)),
    ..t.rows.map(r => (align(center, r.at(0)), r.at(1),
      { r.at(2); if r.at(3) != "" { if r.at(2) != "" { linebreak() }; text(fill: grey, r.at(3)) } },
      { r.at(4); if r.at(5) != "" { if r.at(4) != "" { linebreak() }; text(fill: grey, r.at(5)) } },
      r.at(6), r.at(7), r.at(8))).flatten())
})

#let coded(code, body) = block(width: 100%, { place(top + right, dx: 1.55cm, text(fill: grey, ..sized(11, 21pt), code)); body })
#let measure-block(b) = block(width: 100%, breakable: false, above: 8pt, {
  place(top + right, dx: 1.55cm, text(fill: grey, ..sized(11, 24pt), b.code))
  set text(..sized(15, 19pt))
  set table(stroke: 0.5pt + luma(120), inset: (x: 5pt, y: 3pt))
  let cells = ()
  let pairs = b.pairs
  let i = 0
  while i < pairs.len() {
    let (name, value) = pairs.at(i)
    let key(it) = table.cell(fill: luma(243), text(weight: "bold", it))
    if i + 1 < pairs.len() and value.clusters().len() <= 60 and pairs.at(i + 1).at(1).clusters().len() <= 60 {
      cells += (key(name), [#value], key(pairs.at(i + 1).at(0)), [#pairs.at(i + 1).at(1)])
      i += 2
    } else {
      cells += (key(name), table.cell(colspan: 3, value))
      i += 1
    }
  }
  table(columns: (2.9cm, 1fr, 2.3cm, 1fr),
    table.cell(colspan: 4, fill: shade, { heading(level: 3, b.title); text(b.text) }), ..cells)
})
#enclosure(doc.proposal.enclosure, {
  let p = doc.proposal
  titled(doc.title, "")
  block(width: 100%, text(..sized(14, 18pt), p.by))
  if doc.approval != "" { block(width: 100%, text(..sized(14, 18pt), doc.approval)) }
  for s in p.sections {
    block(width: 100%, above: 9pt, sticky: true, heading(level: 2, s.number + ".  " + s.title))
    if s.note != "" { para(s.note, indent: 1.5cm, above: 2pt) }
    for b in s.blocks {
      if b.k == "rec" { measure-block(b) }
      else if b.k == "table" {
        block(width: 100%, above: 4pt, coded(b.code, table(columns: (1fr,) * calc.max(1, ..b.rows.map(r => r.len())), ..b.rows.map(r => r.map(c => [#c])).flatten())))
      }
      else if b.k == "li" {
        let left = 0.25cm + b.level * 1.35cm
        coded(b.code, block(width: 100%, inset: (left: left), grid(columns: (if b.level == 0 { 1.1cm } else { 1.4cm }, 1fr), text(b.label), par(runs(b.runs)))))
      }
      else if b.k == "h" { block(width: 100%, above: 4pt, sticky: true, coded(b.code, text(weight: "bold", runs(b.runs)))) }
      else if b.k == "q" { block(width: 100%, above: 3pt, coded(b.code, block(width: 100%, inset: (left: 2cm, right: 1cm), par(emph(runs(b.runs)))))) }
      else { block(width: 100%, above: 3pt, coded(b.code, par(first-line-indent: (amount: 1.5cm, all: true), runs(b.runs)))) }
    }
  }
})

#enclosure(doc.ledger.enclosure, flipped: true, {
  let l = doc.ledger
  set text(..sized(13, 16.5pt))
  align(center, { heading(level: 1, l.title); block(width: 100%, above: 2pt, below: 3pt, text(l.counts)) })
  let cells = ()
  for g in l.groups {
    cells.push(table.header(level: 2, table.cell(colspan: 5, fill: luma(243), text(weight: "bold", g.title))))
    for r in g.rows { cells += r.map(c => [#c]) }
  }
  table(columns: (2.2cm, 1fr, 2.9cm, 2.6cm, 6.4cm), table.header(..l.head.map(head-cell)), ..cells)
})
`
