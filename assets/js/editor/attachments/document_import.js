// 从文档导入: a Word document is uploaded, read by the server, shown, and only then put in place of the text or behind
// it. Nothing of the form changes before the officer has seen what comes.
import { BODY } from '../content.js';
import { button, element, fill } from '../elements.js';
import { Unreachable, reasonOf } from '../server.js';

/** Fields a document may bring, in the order they are shown. */
const BROUGHT = ['title', 'document_number', 'written_on'];

export class DocumentImport {
  /** `onTaken()` is told after the form has changed. */
  constructor({ place, fields, body, server, attachments, say, onTaken }) {
    Object.assign(this, { place, fields, body, server, attachments, say, onTaken });
    const input = element('input', { type: 'file', class: 'visually-hidden', id: 'import-file', accept: '.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document', onchange: () => (this.take(input.files[0]), (input.value = '')) });
    const label = element('label', { class: 'button small secondary', for: 'import-file' }, '从文档导入');
    this.note = element('span', { class: 'upload-note', role: 'status' });
    this.sheet = element('div', { class: 'import-sheet', hidden: true });
    fill(place, input, label, ' ', element('span', { class: 'inline-hint' }, 'Word文档（.docx）'), this.note, this.sheet);
  }

  async take(file) {
    if (!file) return;
    if (!/\.docx$/i.test(file.name)) {
      this.note.textContent = '只能读取.docx格式；请先在Word或WPS中另存为.docx。';
      return;
    }
    this.note.textContent = `正在读取“${file.name}”`;
    try {
      const document = await this.attachments.send(file, file.name, 'document');
      const answer = await this.server.readUpload(document.upload);
      if (answer.status !== 200 || !answer.data) throw new Error(reasonOf(answer, '这个文档读不出来。'));
      this.note.textContent = '';
      this.attachments.add(answer.data.pictures || []);
      this.show(file.name, answer.data);
    } catch (error) {
      this.note.textContent = error instanceof Unreachable ? '网络不通，请稍后再试。' : error.message || '没有导入。';
    }
  }

  show(name, read) {
    const boxes = new Map();
    const rows = BROUGHT.filter((field) => read[field]).map((field) => {
      const now = this.fields.read()[field] || '';
      const box = element('input', { type: 'checkbox', checked: now === '' || now === read[field] });
      boxes.set(field, box);
      const words = [element('b', {}, this.fields.label(field)), '：', read[field], now && now !== read[field] ? `（现为：${now}）` : ''];
      return element('li', {}, element('label', {}, box, ' ', ...words));
    });
    const preview = element('div', { class: 'import-text official', tabindex: '0', role: 'region', 'aria-label': '文档正文' });
    preview.append(this.body.shown(read[BODY]));
    const choose = (how) => () => this.put(read, boxes, how);
    const heading = element('h3', { tabindex: '-1' }, `“${name}”里读到的内容`);
    fill(
      this.sheet,
      heading,
      rows.length > 0 && element('ul', { class: 'import-fields' }, ...rows),
      preview,
      read.pictures && read.pictures.length > 0 && element('p', { class: 'inline-hint' }, `附有${read.pictures.length}张图片。`),
      element(
        'div',
        { class: 'inline-buttons' },
        button('替换正文', choose('replace'), { class: 'button small' }),
        button('接在正文后', choose('append'), { class: 'button small secondary' }),
        button('不导入', () => this.drop(read), { class: 'text-button' }),
      ),
    );
    this.sheet.hidden = false;
    heading.focus();
  }

  put(read, boxes, how) {
    const taken = {};
    for (const [field, box] of boxes) if (box.checked) taken[field] = read[field];
    this.fields.write(taken);
    if (how === 'replace') this.body.html = read[BODY];
    else this.body.append(read[BODY]);
    this.close();
    this.say('文档内容已放入，可以用撤销恢复原来的正文。');
    this.onTaken();
    this.body.editor.commands.focus();
  }

  /** The pictures that came along go as well. */
  async drop(read) {
    this.close();
    for (const picture of read.pictures || []) await this.attachments.change({ remove: picture.id });
  }

  close() {
    this.sheet.hidden = true;
    fill(this.sheet);
  }
}
