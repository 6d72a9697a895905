// Pictures in the text. In the markup a picture's address is the encoded name of the attachment it is; on this page it
// is shown from the desk's own address. A picture that is still being uploaded stands as `pending:N` and is left out
// of what is saved until it has its name.
import { Image } from '@tiptap/extension-image';
import { isPlainName } from './html.js';

export const PENDING = 'pending:';

/** The pictures on their way: what to show meanwhile and what became of each. */
export class PendingPictures {
  constructor() {
    this.entries = new Map();
    this.next = 1;
    this.watchers = new Set();
  }

  /** Registers a picture; `name` is proposed to the server. */
  add(blob, name) {
    const id = `${PENDING}${this.next}`;
    this.next += 1;
    this.entries.set(id, { blob, name, url: URL.createObjectURL(blob), address: null, failed: false });
    return id;
  }

  get(id) {
    return this.entries.get(id);
  }

  settle(id, address) {
    this.update(id, { address, failed: false });
  }

  fail(id) {
    this.update(id, { failed: true });
  }

  update(id, change) {
    const entry = this.entries.get(id);
    if (!entry) return;
    Object.assign(entry, change);
    for (const watcher of this.watchers) watcher(id, entry);
  }

  /** The address in the markup; null while there is none. */
  addressOf(id) {
    const entry = this.entries.get(id);
    return entry ? entry.address : null;
  }
}

/** The picture node; `display` makes an address to show of an address in the markup. */
export function pictureNode(pending, display) {
  return Image.extend({
    addAttributes() {
      const plain = (name) => ({ default: '', parseHTML: (img) => img.getAttribute(name) || '' });
      return { src: plain('src'), alt: plain('alt') };
    },

    parseHTML() {
      return [{ tag: 'img[src]:not([src^="data:"]):not([src^="file:"])' }];
    },

    addInputRules() {
      return [];
    },

    addNodeView() {
      return ({ node }) => new PictureView(node, pending, display);
    },
  }).configure({ inline: true });
}

class PictureView {
  constructor(node, pending, display) {
    this.node = node;
    this.pending = pending;
    this.display = display;
    this.dom = document.createElement('span');
    this.dom.className = 'picture';
    this.img = this.dom.appendChild(document.createElement('img'));
    this.note = this.dom.appendChild(document.createElement('span'));
    this.note.className = 'picture-note';
    this.img.addEventListener('error', () => this.say('图片无法显示'));
    this.watch = (id) => id === this.node.attrs.src && this.show();
    pending.watchers.add(this.watch);
    this.show();
  }

  say(text) {
    this.note.textContent = text;
  }

  show() {
    const { src, alt } = this.node.attrs;
    const entry = this.pending.get(src);
    this.img.src = entry ? entry.url : isPlainName(src) ? this.display(src) : src;
    this.img.alt = alt;
    if (entry && entry.failed) this.say('图片没有传上去，见附件一栏');
    else if (entry && !entry.address) this.say('正在上传图片');
    else this.say(alt ? '' : '缺少文字说明');
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  selectNode() {
    this.dom.classList.add('chosen');
  }

  deselectNode() {
    this.dom.classList.remove('chosen');
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.pending.watchers.delete(this.watch);
  }
}
