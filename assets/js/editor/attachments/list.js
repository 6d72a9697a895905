// The files of the edition: chosen or dropped, several at once, each with its progress; renamed, ordered and removed
// where they stand. The list without scripts is replaced by what the server answers.
import { button, element, fileSize, fill } from '../elements.js';
import { Unreachable, encodeName, reasonOf } from '../server.js';
import { Upload, UploadCancelled, UploadMemory } from './upload.js';

const AT_ONCE = 2;

export class AttachmentList {
  /** `onRename(before, after)` gets addresses of the body; `say` is for screen readers; `onChange` after each change. */
  constructor({ place, server, say, onRename, onChange }) {
    Object.assign(this, { place, server, say, onRename, onChange });
    this.memory = new UploadMemory(server.edition);
    this.queue = [];
    this.running = 0;
    this.attachments = readList(place);
    this.build();
    this.draw();
  }

  build() {
    const input = element('input', { type: 'file', multiple: true, class: 'visually-hidden', id: 'attachment-files', onchange: () => (this.take([...input.files]), (input.value = '')) });
    const choose = element('label', { class: 'button small', for: 'attachment-files' }, '选择文件');
    this.zone = element('div', { class: 'drop-zone' }, input, choose, element('span', {}, ' 或把文件拖到这里，可以一次多个。'));
    this.list = element('ol', { class: 'attachment-list' });
    this.progress = element('ul', { class: 'upload-list' });
    fill(this.place, element('h2', {}, '附件'), this.list, this.progress, this.zone);
    for (const type of ['dragenter', 'dragover']) this.zone.addEventListener(type, (event) => (event.preventDefault(), this.zone.classList.add('over')));
    this.zone.addEventListener('dragleave', () => this.zone.classList.remove('over'));
    this.zone.addEventListener('drop', (event) => {
      event.preventDefault();
      this.zone.classList.remove('over');
      this.take([...event.dataTransfer.files]);
    });
    // A file dropped beside the field must not replace the page.
    for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => hasFiles(event) && event.preventDefault());
  }

  take(files) {
    for (const file of files) this.send(file, file.name).catch(() => {});
  }

  /** Uploads one file with its line of progress; resolves to the attachment, or the document to be read. */
  send(file, name, purpose = 'attachment') {
    return new Promise((resolve, reject) => {
      const entry = { file, name, purpose, resolve, reject };
      entry.bar = element('progress', { max: String(Math.max(file.size, 1)), value: '0', 'aria-label': `${name}上传进度` });
      entry.note = element('span', { class: 'upload-note' }, '等待上传');
      entry.tools = element('span', { class: 'inline-buttons' }, button('取消', () => this.cancel(entry), { class: 'text-button', 'aria-label': `取消上传${name}` }));
      entry.dom = element('li', { class: 'upload' }, element('span', { class: 'upload-name' }, name, ' ', element('small', {}, fileSize(file.size))), entry.bar, entry.note, entry.tools);
      this.progress.append(entry.dom);
      this.queue.push(entry);
      this.next();
    });
  }

  /** Files that came along with something else. */
  add(attachments) {
    this.attachments.push(...attachments.filter((one) => !this.attachments.some((other) => other.id === one.id)));
    this.draw();
    this.onChange();
  }

  get isBusy() {
    return this.running > 0 || this.queue.length > 0;
  }

  next() {
    while (this.running < AT_ONCE && this.queue.length > 0) this.start(this.queue.shift());
  }

  async start(entry) {
    this.running += 1;
    entry.upload = new Upload(this.server, entry.file, entry.name, {
      purpose: entry.purpose,
      memory: this.memory,
      onProgress: (received, size) => {
        entry.bar.value = received;
        entry.note.textContent = received < size ? `${Math.floor((100 * received) / size)}%` : '正在检查文件';
      },
      onWaiting: () => {
        entry.note.textContent = '网络中断，正在续传';
      },
    });
    try {
      const attachment = await entry.upload.run();
      entry.dom.remove();
      if (entry.purpose === 'attachment') this.add([attachment]);
      this.say(`${attachment.name}已上传`);
      entry.resolve(attachment);
    } catch (error) {
      this.failed(entry, error);
    } finally {
      this.running -= 1;
      this.next();
    }
  }

  failed(entry, error) {
    if (error instanceof UploadCancelled) {
      entry.dom.remove();
      entry.reject(error);
      return;
    }
    const reason = error instanceof Unreachable ? '网络不通' : error.message;
    entry.note.textContent = `没有上传：${reason}`;
    entry.note.classList.add('inline-error');
    this.say(`${entry.name}没有上传：${reason}`);
    const again = () => {
      entry.note.classList.remove('inline-error');
      fill(entry.tools, button('取消', () => this.cancel(entry), { class: 'text-button' }));
      this.queue.push(entry);
      this.next();
    };
    const drop = () => (entry.dom.remove(), entry.reject(error));
    fill(entry.tools, button('重试', again, { class: 'text-button' }), button('不传了', drop, { class: 'text-button' }));
  }

  cancel(entry) {
    if (entry.upload) entry.upload.cancel();
    else {
      this.queue = this.queue.filter((other) => other !== entry);
      entry.dom.remove();
      entry.reject(new UploadCancelled());
    }
  }

  draw(focus) {
    const items = this.attachments.map((attachment, at) => this.item(attachment, at));
    fill(this.list, ...items);
    this.list.hidden = items.length === 0;
    if (focus) focus();
  }

  item(attachment, at) {
    const { name, size } = attachment;
    const last = this.attachments.length - 1;
    const tool = (text, onclick) => button(text, onclick, { class: 'text-button', 'aria-label': `${text}：${name}` });
    const link = element('a', { href: this.server.file(name), target: '_blank', rel: 'noopener' }, name);
    const tools = element(
      'span',
      { class: 'inline-buttons' },
      at > 0 && tool('上移', () => this.move(at, at - 1)),
      at < last && tool('下移', () => this.move(at, at + 1)),
      tool('改名', () => this.askName(attachment, item)),
      tool('移除', () => this.remove(attachment)),
    );
    const item = element('li', { class: 'attachment', 'data-attachment': attachment.id }, element('span', { class: 'attachment-name' }, link, ' ', element('small', {}, fileSize(size))), tools);
    return item;
  }

  move(from, to) {
    const order = this.attachments.map((attachment) => attachment.id);
    const [moved] = order.splice(from, 1);
    order.splice(to, 0, moved);
    return this.change({ order }, () => this.list.children[to].querySelector('button').focus());
  }

  askName(attachment, item) {
    const input = element('input', { type: 'text', value: attachment.name, 'aria-label': '附件名称', maxlength: '150' });
    const wrong = element('span', { class: 'inline-error', role: 'alert' });
    const rename = async () => {
      const sentence = await this.rename(attachment, input.value.trim());
      if (sentence) wrong.textContent = sentence;
    };
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.draw();
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      rename();
    });
    fill(item, input, wrong, element('span', { class: 'inline-buttons' }, button('确定', rename, { class: 'button small' }), button('取消', () => this.draw(), { class: 'text-button' })));
    input.focus();
    const dot = attachment.name.lastIndexOf('.');
    input.setSelectionRange(0, dot > 0 ? dot : attachment.name.length);
  }

  async rename(attachment, name) {
    if (name === '') return '请填写名称。';
    if (name === attachment.name) return this.draw() || null;
    const before = attachment.name;
    const sentence = await this.change({ rename: { id: attachment.id, name } });
    if (sentence) return sentence;
    const renamed = this.attachments.find((other) => other.id === attachment.id);
    if (renamed) this.onRename(encodeName(before), encodeName(renamed.name));
    return null;
  }

  /** The file stays in the store: the line can be taken back until the page is left. */
  async remove(attachment) {
    const sentence = await this.change({ remove: attachment.id });
    if (sentence) return;
    this.say(`已移除${attachment.name}`);
    const back = button('放回', async () => (await this.change({ restore: attachment.id }), note.remove()), { class: 'text-button' });
    const note = element('li', { class: 'upload' }, `已移除“${attachment.name}”。`, back);
    this.progress.append(note);
    back.focus();
  }

  /** Sends a change; the server answers the whole list. A sentence when it was not accepted. */
  async change(body, focus) {
    try {
      const answer = await this.server.post('attachments', body);
      if (answer.status !== 200) {
        const sentence = reasonOf(answer, '没有改成，请稍后再试。');
        this.say(sentence);
        return sentence;
      }
      this.attachments = answer.data.attachments;
      this.draw(focus);
      this.onChange();
      return null;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.say('网络不通，请稍后再试。');
      return '网络不通，请稍后再试。';
    }
  }
}

/** The list as the page without scripts shows it. */
function readList(place) {
  return [...place.querySelectorAll('[data-attachment]')].map(({ dataset }) => ({
    id: dataset.attachment,
    name: dataset.name,
    size: Number(dataset.size),
    sha256: dataset.sha256,
  }));
}

function hasFiles(event) {
  return Boolean(event.dataTransfer) && [...event.dataTransfer.types].includes('Files');
}
