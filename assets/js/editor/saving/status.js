// The line that says whether the text is safe, and the notices above the form. Screen readers hear changes once, not
// every five seconds.
import { button, clockTime, dayAndTime, element, fill } from '../elements.js';

const SENTENCES = {
  dirty: '有未保存的修改',
  saving: '正在保存',
  retrying: '未保存，正在重试。文字已暂存在这台电脑上，请不要关闭页面',
  signed_out: '未保存，登录已失效',
  conflict: '未保存，他人已修改同一文件',
};

export class Status {
  constructor(line, notices) {
    this.line = line;
    this.notices = notices;
    this.spoken = element('span', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.line.after(this.spoken);
    this.last = '';
  }

  show(state, { saved_at: savedAt, reason } = {}) {
    const sentence = state === 'saved' ? `已保存 ${clockTime(savedAt ? new Date(savedAt) : new Date())}` : state === 'refused' ? `未保存：${reason || '服务器没有接受'}` : SENTENCES[state];
    this.line.parentElement.dataset.state = state;
    this.line.textContent = sentence;
    // “正在保存” and its end come every few seconds; only turns for the worse and back are worth a voice.
    const kind = ['saved', 'dirty', 'saving'].includes(state) ? 'well' : state;
    if (kind !== this.last && (kind !== 'well' || (this.last !== '' && state === 'saved'))) this.spoken.textContent = sentence;
    if (kind !== 'well' || state === 'saved') this.last = kind;
  }

  /** Puts a notice of one kind in place of the one before; without content it only goes. */
  notice(kind, ...content) {
    const before = this.notices.querySelector(`[data-notice="${kind}"]`);
    if (before) before.remove();
    if (content.length === 0) return null;
    const notice = element('div', { class: `notice notice-${kind}`, 'data-notice': kind, role: kind === 'presence' ? 'status' : 'alert' }, ...content);
    this.notices.append(notice);
    return notice;
  }

  signedOut(signIn, retry, reason) {
    const link = element('a', { href: signIn, target: '_blank', rel: 'noopener' }, '在新窗口登录');
    const sentence = reason || '登录已失效。您写的内容暂存在这台电脑上，没有丢失；';
    this.notice('signed-out', element('p', {}, sentence, link, '，回到本页后自动继续保存。'), button('我已登录，继续保存', retry, { class: 'button small' }));
  }

  offerRecovery(copy, onTake, onDrop) {
    const at = dayAndTime(new Date(copy.at));
    const take = button('恢复', () => (this.notice('recovery'), onTake()), { class: 'button small' });
    const drop = button('不要了', () => (this.notice('recovery'), onDrop()), { class: 'text-button' });
    this.notice('recovery', element('p', {}, `这台电脑上有${at}没有保存到服务器的内容。`), element('div', { class: 'inline-buttons' }, take, drop));
  }

  /** `others` are the names of people who have the same edition open. */
  presence(others) {
    const names = others.map((other) => other.name);
    const now = names.join('、');
    if (now === this.present) return;
    this.present = now;
    if (names.length === 0) this.notice('presence');
    else this.notice('presence', element('p', {}, `${now}也在编辑本文件。先保存的先生效，后保存的会看到对方改了什么。`));
  }

  /** Somebody saved while nothing was being written here. */
  newer(by, onTake) {
    this.notice('newer', element('p', {}, `${by}保存了新的内容。`), button('载入新内容', () => (this.notice('newer'), onTake()), { class: 'button small' }));
  }

  clear() {
    fill(this.notices);
  }
}
