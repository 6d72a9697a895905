// The panels below the toolbar that ask for what a button alone cannot know: an address, a picture and its text
// alternative, the size of a table, its caption. One is open at a time; Enter applies, Esc closes.
import { button, element, field, fill } from '../elements.js';
import { isPicture, pictureName } from '../paste/clipboard.js';
import { completedAddress, isAllowedAddress } from './links.js';

const ALT_HINT = '用一句话说明图片内容，看不见图片的人会听到它；图片只作装饰的，填“装饰图”。';

export class Panels {
  /** `takePicture(blob, name)` starts an upload and answers the address to write meanwhile. */
  constructor(editor, takePicture) {
    this.editor = editor;
    this.takePicture = takePicture;
    this.dom = element('div', { class: 'tool-panel', hidden: true, onkeydown: (event) => event.key === 'Escape' && this.close(true) });
    this.opened = null;
  }

  open(name, opener) {
    if (this.opened === name) {
      this.close(true);
      return;
    }
    this.close(false);
    this.opened = name;
    this.opener = opener;
    if (opener) opener.setAttribute('aria-expanded', 'true');
    fill(this.dom, this[name]());
    this.dom.hidden = false;
    const first = this.dom.querySelector('input, select, textarea');
    if (first) first.focus();
  }

  close(backToText) {
    if (!this.opened) return;
    this.opened = null;
    if (this.opener) this.opener.setAttribute('aria-expanded', 'false');
    this.dom.hidden = true;
    this.dom.textContent = '';
    // At once: the command would wait for the next picture, and what is typed until then would be lost.
    if (backToText) this.editor.view.focus();
  }

  /** Fields, what is wrong with them, and the buttons; `apply` answers a sentence when something is wrong. */
  form(label, fields, apply, ...more) {
    const wrong = element('p', { class: 'inline-error', role: 'alert' });
    const run = () => {
      const sentence = apply();
      wrong.textContent = sentence || '';
      if (!sentence) this.close(true);
    };
    const onkeydown = (event) => {
      if (event.key !== 'Enter' || event.isComposing || event.target.tagName === 'BUTTON') return;
      event.preventDefault();
      run();
    };
    const buttons = element('div', { class: 'inline-buttons' }, button('确定', run, { class: 'button small' }), ...more, button('取消', () => this.close(true), { class: 'text-button' }));
    return element('div', { role: 'group', 'aria-label': label, class: 'inline-form', onkeydown }, ...fields, wrong, buttons);
  }

  link() {
    const { editor } = this;
    const current = editor.getAttributes('link').href || '';
    const address = element('input', { type: 'text', value: current, inputmode: 'url', placeholder: 'https://… 、/documents/12 或邮箱地址', autocomplete: 'off' });
    const words = element('input', { type: 'text', autocomplete: 'off' });
    const needsWords = editor.state.selection.empty && !current;
    const apply = () => {
      const href = completedAddress(address.value);
      if (!isAllowedAddress(href)) return '地址应以 http://、https:// 或 / 开头，或者是邮箱地址。';
      const chain = editor.chain().focus().extendMarkRange('link');
      if (needsWords) chain.insertContent({ type: 'text', text: words.value.trim() || address.value.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
      else chain.setLink({ href }).run();
      return null;
    };
    const remove = current && button('去掉链接', () => (editor.chain().focus().extendMarkRange('link').unsetLink().run(), this.close(true)), { class: 'text-button' });
    return this.form('链接', [field('链接地址', address), needsWords && field('显示的文字', words)].filter(Boolean), apply, remove);
  }

  picture() {
    const { editor } = this;
    const chosen = editor.isActive('image') ? editor.getAttributes('image') : null;
    const alt = element('input', { type: 'text', value: chosen ? chosen.alt : '', autocomplete: 'off' });
    const hint = element('p', { class: 'inline-hint' }, ALT_HINT);
    if (chosen) {
      const apply = () => (alt.value.trim() === '' ? '请填写图片说明。' : (editor.chain().focus().updateAttributes('image', { alt: alt.value.trim() }).run(), null));
      return this.form('图片说明', [field('图片说明', alt), hint], apply);
    }
    const file = element('input', { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp,image/bmp' });
    const apply = () => {
      const [picture] = file.files;
      if (!picture) return '请选择一张图片。';
      if (!isPicture(picture)) return '这不是网页能显示的图片，请用 PNG 或 JPEG 格式。';
      if (alt.value.trim() === '') return '请填写图片说明。';
      const src = this.takePicture(picture, pictureName(picture, picture.name));
      editor.chain().focus().insertContent({ type: 'image', attrs: { src, alt: alt.value.trim() } }).run();
      return null;
    };
    return this.form('插入图片', [field('图片文件', file), field('图片说明', alt), hint], apply);
  }

  table() {
    const number = (value, max) => element('input', { type: 'number', min: '1', max: String(max), value: String(value) });
    const rows = number(3, 200);
    const cols = number(3, 30);
    const caption = element('input', { type: 'text', autocomplete: 'off' });
    const apply = () => {
      const counts = [rows, cols].map((input) => Number.parseInt(input.value, 10));
      if (!(counts[0] >= 1 && counts[0] <= 200 && counts[1] >= 1 && counts[1] <= 30)) return '行数为1至200，列数为1至30。';
      this.editor.chain().focus().insertTable({ rows: counts[0], cols: counts[1], withHeaderRow: counts[0] > 1 }).updateAttributes('table', { caption: caption.value.trim() }).run();
      return null;
    };
    return this.form('插入表格', [field('行数', rows), field('列数', cols), field('表题（可不填）', caption)], apply);
  }

  caption() {
    const caption = element('input', { type: 'text', value: this.editor.getAttributes('table').caption || '', autocomplete: 'off' });
    const apply = () => (this.editor.chain().focus().updateAttributes('table', { caption: caption.value.trim() }).run(), null);
    return this.form('表题', [field('表题', caption)], apply);
  }
}
