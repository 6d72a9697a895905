// What a text may consist of: exactly what the server lets through when it cleans, so that nothing an officer sees in
// the editor is missing afterwards and nothing of an older document is lost by opening it.
import { Mark, Node } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { HorizontalRule } from '@tiptap/extension-horizontal-rule';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Subscript } from '@tiptap/extension-subscript';
import { Superscript } from '@tiptap/extension-superscript';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { Dropcursor, Gapcursor, UndoRedo } from '@tiptap/extensions';
import { SafeLink } from './links.js';
import { pictureNode } from './pictures.js';
import { OfficialCell, OfficialHeader, OfficialRow, OfficialTable } from './tables.js';

const without = (extension, change = {}) => extension.extend({ addInputRules: () => [], addPasteRules: () => [], ...change });

/** The toolbar offers 2 to 4; deeper ones of imported documents are kept as they are. */
const LevelledHeading = without(Heading, {
  parseHTML() {
    return [{ tag: 'h1', attrs: { level: 2 } }, ...[2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } }))];
  },
}).configure({ levels: [2, 3, 4, 5, 6] });

/** A numbered list of the plain kind; `type` and the rest would not survive cleaning. */
const NumberedList = without(OrderedList, {
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (list) => Number.parseInt(list.getAttribute('start'), 10) || 1,
        renderHTML: ({ start }) => (start === 1 ? {} : { start }),
      },
      type: { default: null, rendered: false, parseHTML: () => null },
    };
  },
});

const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: '(paragraph | table)+ figureCaption?',
  isolating: true,
  parseHTML: () => [{ tag: 'figure' }],
  renderHTML: () => ['figure', 0],
});

const FigureCaption = Node.create({
  name: 'figureCaption',
  content: 'inline*',
  parseHTML: () => [{ tag: 'figcaption' }],
  renderHTML: () => ['figcaption', 0],
});

const Preformatted = Node.create({
  name: 'preformatted',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],
  renderHTML: () => ['pre', 0],
});

const Code = Mark.create({
  name: 'code',
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
});

const EmphasizedBold = without(Bold, { renderHTML: () => ['strong', 0] });
const EmphasizedItalic = without(Italic, { renderHTML: () => ['em', 0] });
const StruckOut = without(Strike, { renderHTML: () => ['s', 0] });
const Underlined = without(Underline, {
  parseHTML: () => [{ tag: 'u' }, { tag: 'ins' }],
  renderHTML: () => ['u', 0],
});

/** All extensions; `display` makes an address to show of a picture's address in the markup. */
export function extensions({ pending, display }) {
  return [
    Document,
    Text,
    Paragraph,
    LevelledHeading,
    EmphasizedBold,
    EmphasizedItalic,
    Underlined,
    StruckOut,
    Subscript,
    Superscript,
    Code,
    SafeLink,
    HardBreak,
    without(HorizontalRule),
    without(BulletList),
    NumberedList,
    ListItem,
    ListKeymap,
    without(Blockquote),
    Preformatted,
    Figure,
    FigureCaption,
    pictureNode(pending, display),
    OfficialTable,
    OfficialRow,
    OfficialHeader,
    OfficialCell,
    Gapcursor,
    Dropcursor,
    UndoRedo.configure({ depth: 200, newGroupDelay: 600 }),
  ];
}
