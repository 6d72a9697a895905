// The markup that is saved: what the rich text gives, in the form in which the server keeps documents, so that
// opening and saving an unchanged text changes nothing.
import { DOMSerializer } from '@tiptap/pm/model';

/** Whether an address is an attachment's encoded name: no scheme, no path. */
export function isPlainName(address) {
  return address !== '' && !/[:/?#]/.test(address);
}

/** The saved markup of a node or fragment; `pending` knows what became of pictures on their way. */
export function markupOf(schema, content, pending) {
  const box = document.implementation.createHTMLDocument('').createElement('div');
  DOMSerializer.fromSchema(schema).serializeFragment(content, { document: box.ownerDocument }, box);
  settlePictures(box, pending);
  box.querySelectorAll('table').forEach(finishTable);
  box.querySelectorAll('td, th, li').forEach(unwrapOnlyParagraph);
  for (const empty of box.querySelectorAll('p')) if (!empty.firstChild) empty.remove();
  return box.innerHTML;
}

function settlePictures(box, pending) {
  for (const img of box.querySelectorAll('img')) {
    const src = img.getAttribute('src');
    if (!pending || !pending.get(src)) continue;
    const address = pending.addressOf(src);
    if (address) img.setAttribute('src', address);
    else img.remove();
  }
}

/** `<td><p>text</p></td>` is written `<td>text</td>`; `<li>` as well. */
function unwrapOnlyParagraph(parent) {
  const only = parent.firstElementChild;
  if (!only || only.tagName !== 'P') return;
  const rest = [...parent.children].slice(1);
  const mayStand = parent.tagName === 'LI' ? rest.every((child) => /^(UL|OL)$/.test(child.tagName)) : rest.length === 0;
  if (!mayStand) return;
  while (only.firstChild) parent.insertBefore(only.firstChild, only);
  only.remove();
}

/** Leading rows of header cells become the head unless a cell reaches below them; header cells say what they head. */
function finishTable(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  let count = 0;
  while (count < rows.length && [...rows[count].cells].every((cell) => cell.tagName === 'TH')) count += 1;
  const fits = (cell, at) => at + cell.rowSpan <= count;
  const whole = rows.slice(0, count).every((row, at) => [...row.cells].every((cell) => fits(cell, at)));
  if (count > 0 && count < rows.length && whole) {
    const head = table.createTHead();
    head.append(...rows.slice(0, count));
  }
  for (const cell of table.querySelectorAll('th')) {
    if (!cell.hasAttribute('scope')) cell.setAttribute('scope', rows.indexOf(cell.parentElement) < count ? 'col' : 'row');
  }
}
