// The rich text in place of the plain field. It knows nothing of saving: it tells when the text has changed and gives
// and takes markup.
import { Editor, Extension } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import { DOMSerializer, DOMParser as MarkupParser } from '@tiptap/pm/model';
import { element } from '../elements.js';
import { parsedMarkup } from '../markup.js';
import { clipboardExtension } from '../paste/clipboard.js';
import { MAIN, TABLE } from './controls.js';
import { markupOf } from './html.js';
import { Panels } from './panels.js';
import { PENDING, PendingPictures } from './pictures.js';
import { markedBlock } from './marks.js';
import { Places, textBlocks } from './places.js';
import { extensions } from './schema.js';
import { Toolbar } from './toolbar.js';

export class BodyEditor {
  /**
   * `field` is the plain field; `display(name)` the address under which a file is shown; `uploadPicture(blob, name)`
   * resolves to the file's name; `takeFiles` gets dropped files; `onChange` and `onOpenPlace` are told.
   */
  constructor({ field, label, display, uploadPicture, takeFiles, onChange, onOpenPlace }) {
    this.field = field;
    this.uploadPicture = uploadPicture;
    this.pending = new PendingPictures();
    const takePicture = (blob, name) => this.takePicture(blob, name);
    this.frame = element('div', { class: 'rich' });
    this.surface = element('div', { class: 'rich-surface' });
    this.editor = new Editor({
      element: this.surface,
      injectCSS: false,
      extensions: [
        ...extensions({ pending: this.pending, display }),
        Places.configure({ onOpen: onOpenPlace }),
        clipboardExtension({ takePicture, takeFiles }),
        this.keys(),
      ],
      content: contentOf(field.value),
      parseOptions: { preserveWhitespace: false },
      editorProps: {
        attributes: { class: 'official rich-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, lang: 'zh-CN' },
      },
      onUpdate: ({ transaction }) => transaction.docChanged && onChange(),
      onTransaction: () => this.refresh(),
    });
    this.panels = new Panels(this.editor, takePicture);
    const open = (name, opener) => this.panels.open(name, opener);
    this.main = new Toolbar(this.editor, MAIN, '文字格式', open);
    this.tables = new Toolbar(this.editor, TABLE, '表格', open);
    this.tables.dom.hidden = true;
    this.frame.append(element('div', { class: 'rich-tools' }, this.main.dom, this.tables.dom, this.panels.dom), this.surface);
    field.hidden = true;
    field.after(this.frame);
    this.refresh();
  }

  keys() {
    return Extension.create({
      name: 'deskKeys',
      addKeyboardShortcuts: () => ({
        'Mod-k': () => (this.panels.open('link', this.main.buttons.get('link')), true),
        'Mod-\\': () => this.editor.commands.unsetAllMarks(),
        'Alt-F10': () => (this.main.focus(), true),
      }),
    });
  }

  refresh() {
    if (!this.main) return;
    this.main.refresh();
    this.tables.dom.hidden = !this.editor.isActive('table');
    if (!this.tables.dom.hidden) this.tables.refresh();
  }

  /** Asks for the text alternative of the picture that is chosen. */
  describePicture() {
    this.panels.open('picture', this.main.buttons.get('image'));
    this.panels.dom.scrollIntoView({ block: 'nearest' });
  }

  /** Puts the cursor at the end of the block with the marked line, the `number`-th, which began so; false when there is none. */
  goToMark(number, begins) {
    const block = markedBlock(textBlocks(this.editor.state.doc), number, begins);
    if (!block) return false;
    this.editor.chain().focus().setTextSelection(block.end).scrollIntoView().run();
    return true;
  }

  /** The markup to save. */
  get html() {
    const { schema, doc } = this.editor.state;
    return markupOf(schema, doc.content, this.pending);
  }

  /** Replaces the whole text, as one step that can be undone. */
  set html(markup) {
    const content = this.parse(markup);
    const { state, view } = this.editor;
    view.dispatch(closeHistory(state.tr.replaceWith(0, state.doc.content.size, content.content)));
  }

  append(markup) {
    const { state, view } = this.editor;
    const { doc } = state;
    const blank = textBlocks(doc).length === 0 && doc.childCount === 1;
    view.dispatch(closeHistory(state.tr.replaceWith(blank ? 0 : doc.content.size, doc.content.size, this.parse(markup).content)));
  }

  parse(markup) {
    const page = parsedMarkup(contentOf(markup));
    return MarkupParser.fromSchema(this.editor.schema).parse(page.body);
  }

  /** Markup of others as nodes to look at: only what the text may consist of, whatever the markup says. */
  shown(markup) {
    return DOMSerializer.fromSchema(this.editor.schema).serializeFragment(this.parse(markup).content);
  }

  /** The markup of each top-level block, for comparing and merging. */
  static blocksOf(markup) {
    const page = parsedMarkup(contentOf(markup));
    const blocks = [];
    for (const node of page.body.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) blocks.push(node.outerHTML);
      else if (node.textContent.trim() !== '') blocks.push(`<p>${node.textContent.trim()}</p>`);
    }
    return blocks;
  }

  /** Starts the upload of a picture and answers the address that stands for it meanwhile. */
  takePicture(blob, name) {
    const id = this.pending.add(blob, name);
    this.upload(id);
    return id;
  }

  async upload(id) {
    const { blob, name } = this.pending.get(id);
    try {
      this.pending.settle(id, await this.uploadPicture(blob, name));
      this.writeAddress(id);
    } catch (error) {
      this.pending.fail(id);
    }
  }

  /** Whether pictures have not arrived yet: leaving now would lose them. */
  get waitsForPictures() {
    let waits = false;
    this.editor.state.doc.descendants((node) => {
      if (node.type.name === 'image' && node.attrs.src.startsWith(PENDING)) waits = waits || !this.pending.addressOf(node.attrs.src);
    });
    return waits;
  }

  /** The picture's own address takes the place of the waiting one; undo does not bring that back. */
  writeAddress(id) {
    const { state, view } = this.editor;
    const { tr } = state;
    state.doc.descendants((node, pos) => {
      if (node.type.name === 'image' && node.attrs.src === id) tr.setNodeAttribute(pos, 'src', this.pending.addressOf(id));
    });
    if (tr.docChanged) view.dispatch(tr.setMeta('addToHistory', false));
  }

  /** A renamed attachment is named by its new name wherever the text shows it; answers whether it does. */
  renameFile(before, after) {
    const { state, view } = this.editor;
    const { tr } = state;
    state.doc.descendants((node, pos) => {
      if (node.type.name === 'image' && node.attrs.src === before) tr.setNodeAttribute(pos, 'src', after);
    });
    if (tr.docChanged) view.dispatch(tr.setMeta('addToHistory', false));
    return tr.docChanged;
  }
}

/** Plain text, as the field without scripts may hold it, as paragraphs; markup as it is. */
function contentOf(text) {
  if (/<[a-z][^>]*>/i.test(text)) return text;
  const escape = (line) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escape(line.trim())}</p>`)
    .join('');
}
