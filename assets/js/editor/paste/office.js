// Markup pasted from Word, WPS and web pages, made plain: real lists, headings from the second level, tables with their
// merged cells, pictures; no styles, classes, comments or office tags. Works on any markup.
import { parsedMarkup } from '../markup.js';
import { convertLists } from './lists.js';
import { foldSpace } from './text.js';

/** Shown where a picture cannot be had from the clipboard. */
export const LOST_PICTURE = '【图片需重新粘贴】';

const NOTHING_TO_READ = 'style, script, meta, link, title, xml, template, object, embed, iframe, noscript, svg, math, form, input, select, textarea, button';
const KEPT_ATTRIBUTES = { A: ['href'], IMG: ['src', 'alt'], TD: ['colspan', 'rowspan'], TH: ['colspan', 'rowspan', 'scope'], OL: ['start'] };

/**
 * The plain markup of a pasted one. `picture(src)` is asked for each picture that is not on this site, with its
 * address in the clipboard and its place among the pictures kept in files; it answers the address to write, or null
 * when the picture is lost.
 */
export function plainMarkup(html, picture = () => null) {
  const page = parsedMarkup(openConditionals(html));
  page.querySelectorAll(NOTHING_TO_READ).forEach((node) => node.remove());
  convertLists(page.body);
  removeComments(page.body);
  unwrapOfficeTags(page.body);
  stylesToTags(page.body);
  convertHeadings(page.body);
  convertTableHeads(page.body);
  settlePictures(page.body, picture);
  stripAttributes(page.body);
  unwrapEmptyInlines(page.body);
  foldSpace(page.body);
  return page.body.innerHTML;
}

/** `<![if !vml]>` hides nothing from a browser but leaves bogus comments; the guarded content stays. */
function openConditionals(html) {
  return html.replace(/<!\[(if|endif)([^\]]*)\]>/gi, '<!--[$1$2]-->').replace(/<\?xml[^>]*>/gi, '');
}

function removeComments(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  found.forEach((comment) => comment.remove());
}

/** `<o:p>`, `<w:sdt>`, `<st1:…>`: the tag goes, the text stays; drawings in their own language go whole. */
function unwrapOfficeTags(body) {
  for (const node of [...body.querySelectorAll('*')]) {
    const name = node.localName;
    if (!name.includes(':')) continue;
    if (name.startsWith('v:') || name.startsWith('m:')) node.remove();
    else unwrap(node);
  }
}

function unwrap(node) {
  while (node.firstChild) node.parentNode.insertBefore(node.firstChild, node);
  node.remove();
}

/** The value of a style as it is written. */
function style(node, property) {
  const found = new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, 'i').exec(node.getAttribute('data-style') || '');
  return found ? found[1].trim().toLowerCase() : '';
}

const isBold = (node) => /^(bold|bolder|[6-9]00)$/.test(style(node, 'font-weight'));
const STYLED = [
  ['strong', isBold],
  ['em', (node) => style(node, 'font-style') === 'italic'],
  ['u', (node) => /underline/.test(style(node, 'text-decoration') || style(node, 'text-decoration-line')) && !node.closest('a')],
  ['s', (node) => /line-through/.test(style(node, 'text-decoration') || style(node, 'text-decoration-line'))],
  ['sub', (node) => style(node, 'vertical-align') === 'sub'],
  ['sup', (node) => style(node, 'vertical-align') === 'super'],
];

/** What only a style said (bold spans of WPS and web pages) becomes the element that means it. */
function stylesToTags(body) {
  for (const node of [...body.querySelectorAll('span, font')]) {
    if (node.textContent.trim() === '') continue;
    for (const [tag, holds] of STYLED) {
      if (!holds(node) || node.closest(tag)) continue;
      const made = body.ownerDocument.createElement(tag);
      made.append(...node.childNodes);
      node.append(made);
    }
  }
  // Some editors wrap everything in a bold element that says it is not bold.
  for (const node of [...body.querySelectorAll('b, strong')]) if (style(node, 'font-weight') === 'normal') unwrap(node);
}

const headingLevel = (level) => Math.min(Math.max(level + 1, 2), 4);

function convertHeadings(body) {
  for (const node of [...body.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6')]) {
    const level = levelOf(node);
    if (level === null) continue;
    const tag = `h${level}`;
    if (node.localName === tag && node.localName !== 'h1') continue;
    const heading = body.ownerDocument.createElement(tag);
    heading.append(...node.childNodes);
    node.replaceWith(heading);
  }
  // A heading is not bold within itself.
  for (const bold of [...body.querySelectorAll('h2 b, h2 strong, h3 b, h3 strong, h4 b, h4 strong')]) unwrap(bold);
}

/** Level 2 to 4, or null for a paragraph. The record's title is the only first-level heading of its page. */
function levelOf(node) {
  if (node.closest('td, th, li') || node.textContent.trim() === '') return null;
  const own = /^h([1-6])$/.exec(node.localName);
  if (own) return headingLevel(Number(own[1]));
  const names = node.className || '';
  if (/\bMso(Title|ChapterTitle)\b/.test(names)) return 2;
  const named = /\bMsoHeading([1-9])\b/.exec(names) || /mso-style-name:\s*["']?(?:heading|标题)\s*([1-9])/i.exec(node.getAttribute('data-style') || '');
  if (named) return headingLevel(Number(named[1]));
  const outline = /mso-outline-level:\s*([1-9])/.exec(node.getAttribute('data-style') || '');
  return outline && node.localName === 'p' ? headingLevel(Number(outline[1])) : null;
}

/** Rows that Word repeats on each page are head rows. */
function convertTableHeads(body) {
  for (const cell of [...body.querySelectorAll('thead td')]) {
    const head = body.ownerDocument.createElement('th');
    for (const { name, value } of [...cell.attributes]) head.setAttribute(name, value);
    head.append(...cell.childNodes);
    cell.replaceWith(head);
  }
}

function settlePictures(body, picture) {
  let local = 0;
  for (const img of [...body.querySelectorAll('img')]) {
    const src = (img.getAttribute('src') || '').trim();
    if (isSpacer(img) || src === '') {
      img.remove();
      continue;
    }
    if (isOfThisSite(src)) continue;
    const address = picture(src, /^(file:|[a-z]:\\|\/\/\/)/i.test(src) ? local++ : null);
    if (address) img.setAttribute('src', address);
    else img.replaceWith(LOST_PICTURE);
  }
}

/** Single pixels that count readers or hold columns apart. */
function isSpacer(img) {
  return ['width', 'height'].some((side) => /^[01](px)?$/.test(img.getAttribute(side) || ''));
}

/** A picture that was copied out of this editor keeps its address. */
function isOfThisSite(src) {
  return /^[A-Za-z0-9%]+$/.test(src) || src.startsWith('pending:') || /^\/(documents|desk)\//.test(src);
}

function stripAttributes(body) {
  for (const node of body.querySelectorAll('*')) {
    const kept = KEPT_ATTRIBUTES[node.tagName] || [];
    for (const { name } of [...node.attributes]) if (!kept.includes(name)) node.removeAttribute(name);
  }
  // Word marks places with nameless anchors, and links within the document lead nowhere on the page.
  for (const link of [...body.querySelectorAll('a')]) {
    const href = link.getAttribute('href');
    if (!href || href.startsWith('#') || /^(file|javascript|data|vbscript):/i.test(href.trim())) unwrap(link);
  }
}

function unwrapEmptyInlines(body) {
  for (const node of [...body.querySelectorAll('span, font')]) unwrap(node);
  for (const node of [...body.querySelectorAll('strong, b, em, i, u, s, sub, sup, a')].reverse()) {
    if (node.textContent.trim() === '' && !node.querySelector('img, br')) unwrap(node);
  }
}
