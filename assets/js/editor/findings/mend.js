// The one-click mends: each is one step of the history, so that Ctrl+Z takes it back.
import { closeHistory } from '@tiptap/pm/history';
import { isInTable, selectedRect } from '@tiptap/pm/tables';
import { TextSelection } from '@tiptap/pm/state';
import { BODY } from '../content.js';

/** Applies the mend of a finding whose place is `range` now; false when its place has gone. */
export function applyMend({ mend, place, excerpt }, range, body, fields) {
  if (place.kind === 'field' && mend.kind === 'replace') return replaceInField(mend, place, excerpt, fields);
  if (mend.kind === 'set_field') return setField(mend.field, mend.value, fields);
  if (!range) return false;
  const { state, view } = body.editor;
  const tr = transactionOf(mend, range, state, excerpt);
  if (!tr) return false;
  // A step of its own in the history, whatever was typed just before.
  view.dispatch(closeHistory(tr).scrollIntoView());
  view.focus();
  return true;
}

function setField(field, value, fields) {
  if (field === BODY) return false;
  fields.write({ [field]: value });
  fields.focus(field);
  fields.form.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

function replaceInField(mend, place, excerpt, fields) {
  const value = fields.read()[place.field] || '';
  const isThere = value.slice(place.from, place.to) === excerpt;
  const from = isThere ? place.from : value.indexOf(excerpt);
  if (!excerpt || from < 0) return false;
  return setField(place.field, value.slice(0, from) + mend.text + value.slice(from + excerpt.length), fields);
}

function transactionOf(mend, range, state, excerpt) {
  const { tr, doc } = state;
  if (range.caption) return mend.kind === 'replace' ? replaceInCaption(tr, range.from, excerpt, mend.text) : null;
  if (mend.kind === 'replace') return mend.text === '' ? tr.delete(range.from, range.to) : tr.insertText(mend.text, range.from, range.to);
  if (mend.kind === 'heading_level') {
    const $at = doc.resolve(range.from);
    if ($at.parent.type.name !== 'heading') return null;
    return tr.setNodeMarkup($at.before(), null, { ...$at.parent.attrs, level: Number(mend.value) });
  }
  if (mend.kind === 'head_row') return headRow(state, range.from);
  return null;
}

function replaceInCaption(tr, pos, excerpt, text) {
  const { caption } = tr.doc.nodeAt(pos).attrs;
  return caption.includes(excerpt) ? tr.setNodeAttribute(pos, 'caption', caption.replace(excerpt, text)) : null;
}

/** The cells of the first row become header cells. */
function headRow(state, pos) {
  const at = state.apply(state.tr.setSelection(TextSelection.near(state.doc.resolve(pos))));
  if (!isInTable(at)) return null;
  const { map, tableStart, table } = selectedRect(at);
  const { tr } = state;
  const header = state.schema.nodes.tableHeader;
  for (const cell of new Set(map.cellsInRect({ left: 0, right: map.width, top: 0, bottom: 1 }))) {
    tr.setNodeMarkup(tableStart + cell, header, { ...table.nodeAt(cell).attrs, scope: null });
  }
  return tr;
}
