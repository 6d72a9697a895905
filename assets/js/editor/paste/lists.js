// Lists of Word and WPS. Both write each item as a paragraph that says its list, level and printed number in styles:
// `mso-list:l0 level2 lfo1` and a span `mso-list:Ignore` with the number.
//
// Numbers of official documents that are text (一、 （一） 第三条) stay text: other documents refer to them by name, and
// a list would print them as 1, 2, 3. Bullets, arabic numbers and letters become real lists.

const ITEM = /mso-list:\s*(l\d+)\s+level(\d+)\s+(lfo\d+)/i;
const CHINESE_NUMBER = /[一二三四五六七八九十百零〇]|第.+[条章节款]/;
const COUNTED = /^[（(]?\s*([0-9０-９]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+|[①-⑳])\s*[.．、)）]?$/;
// Letters that stand for a picture in symbol fonts, and the usual dots.
const BULLET = /^(?:[•·●○■□◆◇▪▫★☆✓✔➢➤►–—\-*\uf000-\uf0ff§ØüvlnqÜo¨])$/;

/** Replaces runs of list paragraphs in a tree by real lists. */
export function convertLists(body) {
  unwrapListComments(body);
  for (const first of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, div')]) {
    if (!first.isConnected || !readItem(first)) continue;
    const run = itemsFrom(first);
    build(run);
  }
}

/** WPS and Word guard the number by real comments; when no span marks it, all between them is the number. */
function unwrapListComments(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const starts = [];
  while (walker.nextNode()) if (/\[if\s+!supportLists\]/i.test(walker.currentNode.data)) starts.push(walker.currentNode);
  for (const start of starts) {
    const marker = body.ownerDocument.createElement('span');
    while (start.nextSibling && !isEnd(start.nextSibling)) marker.append(start.nextSibling);
    if (!marker.querySelector('[data-style*="mso-list"]')) marker.setAttribute('data-style', 'mso-list:Ignore');
    start.replaceWith(marker);
  }
}

const isEnd = (node) => node.nodeType === Node.COMMENT_NODE && /\[endif\]/i.test(node.data);

/** What a paragraph says about its list; null when it is none, or its number is text. */
function readItem(node) {
  const found = ITEM.exec(node.getAttribute('data-style') || '');
  if (!found) return null;
  const marker = [...node.querySelectorAll('[data-style*="mso-list"]')].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute('data-style')));
  const printed = marker ? marker.textContent.replace(/[\s\u00a0\u3000]+/g, '') : '';
  const kind = kindOf(printed, marker);
  if (kind === 'text') {
    keepNumber(marker, printed);
    node.setAttribute('data-style', (node.getAttribute('data-style') || '').replace(ITEM, ''));
    return null;
  }
  return { node, marker, list: found[1] + found[3], level: Number(found[2]), kind, number: startOf(printed) };
}

function kindOf(printed, marker) {
  if (printed === '' || isSymbolFont(marker) || BULLET.test(printed)) return 'ul';
  if (COUNTED.test(printed)) return 'ol';
  // 1.2.3 and the like: the levels carry it.
  if (/^[0-9]+([.．][0-9]+)+[.．]?$/.test(printed)) return 'ol';
  return CHINESE_NUMBER.test(printed) || printed.length > 2 ? 'text' : 'ul';
}

function isSymbolFont(marker) {
  return /Wingdings|Symbol|Webdings/i.test(marker.outerHTML);
}

/** The number becomes the beginning of the paragraph's text, without the spaces that made its tab. */
function keepNumber(marker, printed) {
  const closes = /[、.．）)]$/.test(printed);
  marker.replaceWith(closes ? printed : `${printed}\u3000`);
}

function startOf(printed) {
  const digits = /([0-9０-９]+)[.．、)）]*$/.exec(printed);
  if (!digits) return 1;
  const plain = digits[1].replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0));
  return Number.parseInt(plain, 10) || 1;
}

/** The items that follow one another without anything between them. */
function itemsFrom(first) {
  const run = [];
  let node = first;
  while (node) {
    const item = readItem(node);
    if (!item) break;
    run.push(item);
    node = node.nextElementSibling;
  }
  return run;
}

/** A stack of open lists, one a level; a level that jumps opens only one list. */
function build(run) {
  const page = run[0].node.ownerDocument;
  const open = [];
  const anchor = page.createComment('');
  run[0].node.before(anchor);
  for (const item of run) {
    while (open.length > 0 && open[open.length - 1].level > item.level) open.pop();
    let top = open[open.length - 1];
    if (top && top.level === item.level && (top.element.localName !== item.kind || top.list !== item.list)) {
      open.pop();
      top = null;
    }
    if (!top || top.level < item.level) top = openList(page, open, item, anchor);
    top.element.append(itemElement(page, item));
  }
  anchor.remove();
}

function openList(page, open, item, anchor) {
  const element = page.createElement(item.kind);
  if (item.kind === 'ol' && item.number > 1) element.setAttribute('start', String(item.number));
  const parent = open[open.length - 1];
  if (parent) (parent.element.lastElementChild || parent.element).append(element);
  else anchor.before(element);
  const made = { element, level: item.level, list: item.list };
  open.push(made);
  return made;
}

function itemElement(page, { node, marker }) {
  if (marker) marker.remove();
  const li = page.createElement('li');
  li.append(...node.childNodes);
  node.remove();
  return li;
}
