// White space of pasted text. Office programs break lines of their markup inside Chinese sentences and indent
// paragraphs with wide spaces; a browser shows the first as a gap and the style sheet does the second.

const WIDE = '\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026';
const ENDS_WIDE = new RegExp(`[${WIDE}]$`);
const STARTS_WIDE = new RegExp(`^[${WIDE}]`);
const BETWEEN_WIDE = new RegExp(`([${WIDE}])[ \\t]*[\\r\\n]+[ \\t\\r\\n]*(?=[${WIDE}])`, 'g');
const BLOCKS = 'p, h2, h3, h4, h5, h6, li, td, th, blockquote, figcaption, caption, div';

/** Folds line breaks of the source, drops indents of wide spaces and paragraphs without content. */
export function foldSpace(body) {
  for (const block of [body, ...body.querySelectorAll(BLOCKS)]) foldBlock(block);
  for (const paragraph of [...body.querySelectorAll('p, h2, h3, h4, div')]) {
    if (isBlank(paragraph) && !paragraph.closest('pre')) paragraph.remove();
  }
}

function isBlank(node) {
  return /^[\s\u00a0\u3000]*$/.test(node.textContent) && !node.querySelector('img, table, hr');
}

/** The texts that stand in this block itself, not in a block inside it. */
function ownTexts(block) {
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const home = text.parentElement.closest(`${BLOCKS}, pre, body`);
    if (home === block) texts.push(text);
  }
  return texts;
}

function foldBlock(block) {
  const texts = ownTexts(block);
  let before = '';
  for (const [at, text] of texts.entries()) {
    let folded = text.data.replace(BETWEEN_WIDE, '$1');
    const next = texts[at + 1];
    if (/[\r\n]/.test(folded)) {
      folded = joinEdges(folded, before, next ? next.data : '');
      folded = folded.replace(/[ \t]*[\r\n]+[ \t\r\n]*/g, ' ');
    }
    text.data = folded;
    before = folded || before;
  }
  trimStart(texts);
  trimEnd(texts);
}

/** A line break at the edge of a text vanishes when Chinese stands on both sides, across elements too. */
function joinEdges(text, before, after) {
  const bare = text.replace(/^[ \t\r\n]+/, '');
  let joined = text;
  if (/^[ \t]*[\r\n]/.test(text) && ENDS_WIDE.test(before) && (bare === '' || STARTS_WIDE.test(bare))) joined = bare;
  const tail = joined.replace(/[ \t\r\n]+$/, '');
  const left = tail === '' ? before : tail;
  if (/[\r\n][ \t]*$/.test(joined) && ENDS_WIDE.test(left) && STARTS_WIDE.test(after.replace(/^[ \t\r\n]+/, ''))) joined = tail;
  return joined;
}

/** The indent is the style sheet's; wide and hard spaces in front are dropped. */
function trimStart(texts) {
  for (const text of texts) {
    text.data = text.data.replace(/^[\s\u00a0\u3000]+/, '');
    if (text.data !== '') return;
  }
}

function trimEnd(texts) {
  for (const text of [...texts].reverse()) {
    text.data = text.data.replace(/[\s\u00a0\u3000]+$/, '');
    if (text.data !== '') return;
  }
}
