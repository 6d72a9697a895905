// Two people changed the same edition: who changed what, both versions side by side, and the ways out. Nothing is sent
// until the officer has chosen, and what was not chosen stays in the saved history of the server.
import { BODY, differing } from '../content.js';
import { button, dayAndTime, element, fill } from '../elements.js';
import { parsedMarkup } from '../markup.js';
import { BodyEditor } from '../body/editor.js';
import { merge, textDifference } from './difference.js';

export class ConflictPanel {
  /** `onSettled(content, note)` gets the content to go on with. */
  constructor(place, fields, onSettled) {
    this.place = place;
    this.fields = fields;
    this.onSettled = onSettled;
  }

  open({ by, at, theirs, mine, base, changed_fields: named }) {
    this.mine = mine;
    this.theirs = { ...mine, ...theirs };
    this.base = { ...theirs, ...base };
    const theirChanges = named || differing(this.base, this.theirs);
    const names = [...new Set([...theirChanges, ...differing(this.mine, this.theirs)])].filter((name) => (this.mine[name] || '') !== (this.theirs[name] || ''));
    const order = this.fields.inputs().map((input) => input.name);
    names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    // They changed it to the very same: nothing to ask.
    if (names.length === 0) {
      this.settle({ ...this.mine });
      return;
    }
    this.choices = new Map(names.map((name) => [name, this.proposal(name)]));
    const when = at ? dayAndTime(new Date(at)) : '刚才';
    const heading = element('h2', { tabindex: '-1' }, `${by || '他人'}在${when}修改了同一文件`);
    const what = element('p', {}, `对方改了：${theirChanges.map((name) => this.fields.label(name)).join('、') || '无'}。您的内容还没有覆盖对方的，请选择怎样继续。`);
    this.details = element('div', { class: 'conflict-fields' }, ...names.map((name) => this.fieldSection(name)));
    fill(this.place, element('section', { class: 'conflict', 'aria-label': '内容冲突' }, heading, what, this.buttons(), this.details));
    heading.focus();
    heading.scrollIntoView({ block: 'start' });
  }

  buttons() {
    const takeTheirs = button('采用对方的', () => this.settle({ ...this.theirs }), { class: 'button small' });
    const keepMine = button('保留我的', () => this.settle({ ...this.mine }), { class: 'button small' });
    const mergeThem = button('逐段合并', () => this.showMerge(), { class: 'button small' });
    return element('div', { class: 'inline-buttons' }, takeTheirs, keepMine, mergeThem);
  }

  /** What only one of the two changed is taken from that one; what both changed waits for a choice. */
  proposal(name) {
    const of = (content) => content[name] || '';
    if (of(this.mine) === of(this.base)) return 'theirs';
    if (of(this.theirs) === of(this.base)) return 'mine';
    return null;
  }

  fieldSection(name) {
    const side = (title, content) => element('div', { class: 'conflict-side' }, element('h4', {}, title), this.shown(name, content[name] || ''));
    const title = element('h3', {}, this.fields.label(name));
    if (name !== BODY) return element('section', {}, title, element('div', { class: 'conflict-sides' }, side('对方的', this.theirs), side('我的', this.mine)));
    const said = (content) => plainText(content[BODY] || '');
    const text = element('div', { class: 'conflict-text' }, ...differenceNodes(said(this.theirs), said(this.mine)));
    const key = element('p', { class: 'inline-hint' }, element('del', {}, '对方有、我没有'), ' ', element('ins', {}, '我有、对方没有'));
    return element('section', {}, title, key, text);
  }

  shown(name, value) {
    return element('p', { class: value ? null : 'inline-hint' }, this.fields.words(name, value) || '（空）');
  }

  /** Every field and every paragraph that differs with a choice of its own. */
  showMerge() {
    const blocks = (content) => BodyEditor.blocksOf(content[BODY] || '');
    this.chunks = this.choices.has(BODY) ? merge(blocks(this.base), blocks(this.mine), blocks(this.theirs)) : [];
    const simple = [...this.choices.keys()].filter((name) => name !== BODY).map((name) => this.fieldChoice(name));
    const passages = this.chunks.filter((chunk) => chunk.kind !== 'same' && chunk.kind !== 'both').map((chunk, i) => this.chunkChoice(chunk, i + 1));
    this.wrong = element('p', { class: 'inline-error', role: 'alert' });
    const done = button('完成合并', () => this.finishMerge(), { class: 'button small' });
    const heading = element('h3', { tabindex: '-1' }, '逐段合并');
    fill(this.details, heading, ...simple, ...passages, this.wrong, element('div', { class: 'inline-buttons' }, done));
    heading.focus();
  }

  fieldChoice(name) {
    const of = (content) => this.shown(name, content[name] || '');
    return choice(this.fields.label(name), { theirs: of(this.theirs), mine: of(this.mine) }, this.choices.get(name), (value) => this.choices.set(name, value));
  }

  chunkChoice(chunk, number) {
    chunk.choice = chunk.kind === 'clash' ? null : chunk.kind;
    const said = (items) => plainText(items.join('')) || '（删去这一段）';
    const sides = {
      theirs: element('p', {}, ...differenceNodes(plainText(chunk.base.join('')), said(chunk.theirs))),
      mine: element('p', {}, ...differenceNodes(plainText(chunk.base.join('')), said(chunk.mine))),
    };
    const both = chunk.kind === 'clash' ? { both: element('p', {}, '两段都保留，对方的在前') } : {};
    return choice(`正文第${number}处`, { ...sides, ...both }, chunk.choice, (value) => {
      chunk.choice = value;
    });
  }

  finishMerge() {
    const open = [...this.choices].filter(([name, value]) => name !== BODY && !value).length + this.chunks.filter((chunk) => chunk.choice === null).length;
    if (open > 0) {
      this.wrong.textContent = `还有${open}处没有选择。`;
      return;
    }
    const merged = { ...this.theirs, ...this.mine };
    for (const [name, value] of this.choices) if (name !== BODY) merged[name] = value === 'theirs' ? this.theirs[name] : this.mine[name];
    if (this.choices.has(BODY)) merged[BODY] = this.chunks.flatMap(chosenBlocks).join('');
    this.settle(merged);
  }

  settle(content) {
    fill(this.place);
    this.onSettled(content);
  }
}

function chosenBlocks(chunk) {
  if (chunk.choice === 'both') return [...chunk.theirs, ...chunk.mine];
  return chunk.choice === 'theirs' ? chunk.theirs : chunk.mine;
}

const TITLES = { theirs: '对方的', mine: '我的', both: '都保留' };

/** A group of radio buttons, each with what it would keep. */
function choice(title, sides, chosen, onChoose) {
  const name = `choice-${title}-${Math.round(performance.now() * 1000)}`;
  const options = Object.entries(sides).map(([value, shown]) => {
    const radio = element('input', { type: 'radio', name, value, checked: chosen === value, onchange: () => onChoose(value) });
    return element('div', { class: 'conflict-side' }, element('label', {}, radio, ' ', TITLES[value]), shown);
  });
  return element('fieldset', { class: 'conflict-choice' }, element('legend', {}, title), element('div', { class: 'conflict-sides' }, ...options));
}

/** The text of markup with a line a block. */
export function plainText(markup) {
  const page = parsedMarkup(markup);
  for (const node of page.querySelectorAll('p, h2, h3, h4, li, tr, br, caption')) node.append('\n');
  for (const node of page.querySelectorAll('td, th')) node.append(' ');
  for (const img of page.querySelectorAll('img')) img.replaceWith(`［图片：${img.alt || '无说明'}］`);
  return page.body.textContent.replace(/[ \t]*\n\s*/g, '\n').trim();
}

function differenceNodes(before, after) {
  return textDifference(before, after).map(({ kind, text }) => (kind === 'same' ? text : element(kind === 'gone' ? 'del' : 'ins', {}, text)));
}
