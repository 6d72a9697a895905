// Marks of findings in the text. A finding names the n-th block of text in the order of the document and UTF-16
// offsets in the block's text; the marks then move along with whatever is typed.
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { LOST_PICTURE } from '../paste/office.js';

export const placesKey = new PluginKey('places');

/**
 * The blocks of text that say something, in the order of the document: where each is and what it says. The caption of
 * a table is one, though it is no text here but an attribute: `caption` is then the position of its table.
 */
export function textBlocks(doc) {
  const blocks = [];
  doc.descendants((node, pos) => {
    if (node.attrs.caption) blocks.push({ text: node.attrs.caption, positions: [], caption: pos });
    if (!node.isTextblock) return true;
    if (node.textContent.trim() !== '') blocks.push(readBlock(node, pos + 1));
    return false;
  });
  return blocks;
}

/**
 * `{ text, positions }`: the position in the document of each UTF-16 unit of the text, which is read as the server
 * reads it: blanks collapse, a line break and a picture count as one.
 */
function readBlock(node, start) {
  let text = '';
  const positions = [];
  const add = (unit, position) => {
    const isBlank = /[ \t\r\n\f]/.test(unit);
    if (isBlank && (text === '' || /[ \n]$/.test(text))) return;
    positions.push(position);
    text += isBlank ? ' ' : unit;
  };
  node.forEach((child, offset) => {
    if (child.isText) for (let i = 0; i < child.text.length; i += 1) add(child.text[i], start + offset + i);
    else {
      positions.push(start + offset);
      text += child.type.name === 'hardBreak' ? '\n' : '\ufffc';
    }
  });
  return { text, positions, start, end: start + node.content.size };
}

/**
 * The range a place means now, or null. `excerpt` is what stood there: when the numbers no longer lead to it (the
 * text has changed since it was sent) it is looked for near by, then everywhere.
 */
export function rangeOf(doc, place, excerpt) {
  const blocks = textBlocks(doc);
  const range = (block, from, to) => {
    const first = block.positions[from];
    const last = block.positions[to - 1];
    return first === undefined || last === undefined ? null : { from: first, to: last + 1 };
  };
  const said = blocks[place.block];
  if (said && said.caption !== undefined) return { from: said.caption, to: said.caption + 1, caption: true };
  if (said && !(place.to > place.from)) return { from: said.start, to: said.end };
  if (said && (!excerpt || said.text.slice(place.from, place.to) === excerpt)) return range(said, place.from, place.to);
  if (!excerpt) return null;
  const order = blocks.map((block, at) => ({ block, far: Math.abs(at - place.block) })).sort((a, b) => a.far - b.far);
  for (const { block } of order) {
    const at = block.text.indexOf(excerpt);
    if (at >= 0) return range(block, at, at + excerpt.length);
  }
  return null;
}

/** The position of the n-th picture of the text, or null. */
export function pictureAt(doc, number) {
  let found = null;
  let count = 0;
  doc.descendants((node, pos) => {
    if (node.type.name !== 'image') return;
    if (count === number) found = pos;
    count += 1;
  });
  return found;
}

/** `setPlaces([{ key, from, to, weight, sentence }])` replaces the marks; `placeOf(state, key)` finds one again. */
export const Places = Extension.create({
  name: 'places',
  addOptions() {
    return { onOpen: () => {} };
  },
  addProseMirrorPlugins() {
    const { onOpen } = this.options;
    return [
      new Plugin({
        key: placesKey,
        state: {
          init: (config, state) => withLost(DecorationSet.empty, state.doc),
          apply(tr, before) {
            const meta = tr.getMeta(placesKey);
            if (meta) return withLost(DecorationSet.create(tr.doc, meta.map(markOf)), tr.doc);
            return tr.docChanged ? withLost(before.marks.map(tr.mapping, tr.doc), tr.doc) : before;
          },
        },
        props: {
          decorations: (state) => placesKey.getState(state).shown,
          handleClick(view, pos) {
            const [mark] = placesKey.getState(view.state).marks.find(pos, pos);
            if (mark) onOpen(mark.spec.key);
            return false;
          },
        },
      }),
    ];
  },
});

function markOf({ key, from, to, weight, sentence }) {
  return Decoration.inline(from, to, { class: `place place-${weight}`, title: sentence }, { key });
}

const withLost = (marks, doc) => ({ marks, shown: marks.add(doc, lostPictures(doc)) });

/** Where the clipboard did not hand over a picture. */
function lostPictures(doc) {
  const marks = [];
  doc.descendants((node, pos) => {
    if (!node.isText) return;
    for (let at = node.text.indexOf(LOST_PICTURE); at >= 0; at = node.text.indexOf(LOST_PICTURE, at + 1)) {
      marks.push(Decoration.inline(pos + at, pos + at + LOST_PICTURE.length, { class: 'lost-picture' }));
    }
  });
  return marks;
}

export function setPlaces(view, places) {
  view.dispatch(view.state.tr.setMeta(placesKey, places).setMeta('addToHistory', false));
}

export function placeOf(state, key) {
  const [mark] = placesKey.getState(state).marks.find(undefined, undefined, (spec) => spec.key === key);
  return mark ? { from: mark.from, to: mark.to } : null;
}
