// What the checks found, at the right of the text: blocking ones first, each with why, a way to its place, the
// one-click mend and a field for a justification. Marks in the text follow what is typed.
import { pictureAt, placeOf, rangeOf, setPlaces } from '../body/places.js';
import { applyMend } from './mend.js';
import { button, element, fill } from '../elements.js';
import { Unreachable, reasonOf } from '../server.js';

/** Milliseconds after the last keystroke until the checks run. */
export const CHECK_AFTER = 1_500;

const isBlocking = (finding) => finding.weight === 'blocking';
const isInText = (finding) => finding.place.kind === 'block';

export class FindingsPanel {
  /** `server` and `read()` the content with its version; `say(sentence)` for screen readers. */
  constructor({ place, fields, body, server, attachments, read, say }) {
    Object.assign(this, { place, fields, body, server, attachments, read, say });
    this.findings = [];
    this.opened = null;
    this.asked = 0;
    this.timer = null;
    this.list = element('div', { class: 'findings-list' });
    this.count = element('p', { class: 'findings-count' });
    fill(place, element('h2', {}, '检查'), this.count, this.list, element('p', { class: 'inline-hint' }, '按 F8 跳到下一处，Shift+F8 上一处。'));
    // Beside the state of saving, for narrow screens where the findings stand below.
    this.hint = element('a', { href: '#findings', class: 'edit-found' });
    document.addEventListener('keydown', (event) => event.key === 'F8' && this.step(event));
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  async check() {
    this.asked += 1;
    const number = this.asked;
    const body = this.read();
    this.place.setAttribute('aria-busy', 'true');
    try {
      const { status, data } = await this.server.post('check', body);
      // Only the newest question counts.
      if (number !== this.asked) return;
      if (status === 200 && data) this.show(data.findings);
      else this.count.textContent = '检查暂时不可用。';
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      if (number === this.asked) this.count.textContent = '网络不通，检查稍后再做。';
    } finally {
      if (number === this.asked) this.place.removeAttribute('aria-busy');
    }
  }

  show(findings) {
    const before = this.findings.length;
    const sorted = [...findings].sort((a, b) => Number(isBlocking(b)) - Number(isBlocking(a)));
    // The same words twice have one fingerprint, but each its own place.
    this.findings = sorted.map((finding, at) => ({ ...finding, key: `${finding.fingerprint}-${at}` }));
    this.mark();
    this.draw();
    const blocking = this.findings.filter((finding) => isBlocking(finding)).length;
    const words = this.findings.length === 0 ? '没有发现问题。' : `${blocking}处必须改正，${this.findings.length - blocking}处提示。`;
    this.count.textContent = words;
    this.hint.textContent = `检查：${words.slice(0, -1)}`;
    const status = document.querySelector('[data-status]');
    // An empty link would be read out as one.
    if (this.findings.length === 0) this.hint.remove();
    else if (status) status.parentElement.append(this.hint);
    if (before !== this.findings.length) this.say(`检查：${words}`);
  }

  /** Marks in the text; a place that has gone meanwhile has none. */
  mark() {
    const { state, view } = this.body.editor;
    const places = [];
    for (const finding of this.findings) {
      if (!isInText(finding)) continue;
      const range = rangeOf(state.doc, finding.place, finding.excerpt);
      if (range && !range.caption) places.push({ key: finding.key, weight: finding.weight, sentence: finding.sentence, ...range });
    }
    setPlaces(view, places);
  }

  draw() {
    fill(this.list, ...this.findings.map((finding) => this.item(finding)));
  }

  item(finding) {
    const { sentence, why, how, place, mend, justified, may_be_justified: mayJustify, weight, key, code } = finding;
    const kind = isBlocking(finding) ? '必须改正' : '提示';
    const head = button([element('span', { class: 'finding-kind' }, kind), ' ', sentence], () => this.go(finding), { class: 'finding-head' });
    const tools = element(
      'div',
      { class: 'inline-buttons' },
      code === 'picture_without_text' && button('写图片说明', () => this.describe(finding), { class: 'button small' }),
      mend && button(mend.label, () => this.mend(finding), { class: 'button small' }),
      mayJustify && !justified && this.fields.form.dataset.justify !== undefined && button('说明理由', (event) => this.askReason(finding, event.target), { class: 'text-button' }),
    );
    const about = [place.words && `位置：${place.words}。`, why, how].filter(Boolean).join(' ');
    return element(
      'article',
      { class: `finding finding-${weight}${justified ? ' justified' : ''}`, 'data-key': key },
      head,
      about && element('p', { class: 'finding-why' }, about),
      justified && element('p', { class: 'finding-reason' }, `已说明：${justified}`),
      tools,
    );
  }

  /** To the place: a range of the text, a picture, a field, the files. */
  go(finding) {
    const { place, key } = finding;
    this.highlight(key, false);
    const range = this.rangeNow(finding);
    const chain = () => this.body.editor.chain().focus();
    if (range && place.kind === 'picture') chain().setNodeSelection(range.from).scrollIntoView().run();
    else if (range) chain().setTextSelection(range).scrollIntoView().run();
    else if (place.kind === 'field') this.fields.focus(place.field);
    else if (place.kind === 'attachment') document.querySelector('[data-attachments]').scrollIntoView({ block: 'center' });
  }

  /** Chooses the picture and asks for its words, if it is still there. */
  describe(finding) {
    this.go(finding);
    if (this.rangeNow(finding)) this.body.describePicture();
  }

  /** Where the place is by now; null when it is not in the text or its text has gone. */
  rangeNow(finding) {
    const { state } = this.body.editor;
    if (finding.place.kind === 'picture') {
      const pos = pictureAt(state.doc, finding.place.picture);
      return pos === null ? null : { from: pos, to: pos + 1 };
    }
    return isInText(finding) ? placeOf(state, finding.key) || rangeOf(state.doc, finding.place, finding.excerpt) : null;
  }

  highlight(key, scroll) {
    this.opened = key;
    for (const item of this.list.children) {
      const isIt = item.dataset.key === key;
      item.classList.toggle('open', isIt);
      if (isIt && scroll) item.scrollIntoView({ block: 'nearest' });
    }
  }

  step(event) {
    if (this.findings.length === 0) return;
    event.preventDefault();
    const at = this.findings.findIndex((finding) => finding.key === this.opened);
    const by = event.shiftKey ? -1 : 1;
    const next = at < 0 ? (by > 0 ? 0 : this.findings.length - 1) : at + by;
    this.go(this.findings[(next + this.findings.length) % this.findings.length]);
  }

  /** The mend as one step that can be undone, then the checks again. */
  async mend(finding) {
    if (finding.mend.kind === 'clean_file') {
      const sentence = await this.attachments.change({ clean: { name: finding.place.name, what: finding.mend.value } });
      this.say(sentence || `“${finding.place.name}”已清理，正在重新读取。`);
      this.changed();
      return;
    }
    const done = applyMend(finding, this.rangeNow(finding), this.body, this.fields);
    if (!done) this.say('这一处的文字已经改变，请重新检查。');
    this.check();
  }

  askReason(finding, opener) {
    const reason = element('input', { type: 'text', 'aria-label': `理由：${finding.sentence}`, placeholder: '审核人会看到这条理由', maxlength: '200' });
    const wrong = element('span', { class: 'inline-error', role: 'alert' });
    const send = async () => {
      if (reason.value.trim() === '') {
        wrong.textContent = '请填写理由。';
        return;
      }
      const refusal = await this.justify(finding, reason.value.trim());
      if (refusal) wrong.textContent = refusal;
    };
    const form = element(
      'div',
      { class: 'inline-form', role: 'group', 'aria-label': '说明理由' },
      reason,
      wrong,
      element('div', { class: 'inline-buttons' }, button('提交理由', send, { class: 'button small' }), button('取消', () => this.draw(), { class: 'text-button' })),
    );
    reason.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.draw();
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      send();
    });
    opener.closest('.inline-buttons').replaceWith(form);
    reason.focus();
  }

  /** A sentence when it was not accepted. */
  async justify(finding, reason) {
    try {
      const answer = await this.server.post('justify', { code: finding.code, fingerprint: finding.fingerprint, reason });
      if (answer.status !== 200) return reasonOf(answer, '没有保存，请稍后再试。');
      await this.check();
      return null;
    } catch (error) {
      if (error instanceof Unreachable) return '网络不通，请稍后再试。';
      throw error;
    }
  }
}
