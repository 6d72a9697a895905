// Tables as official documents have them: merged cells, header cells with a scope, a caption. Column widths and
// alignment are the style sheet's, so the nodes carry neither.
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { mergeAttributes } from '@tiptap/core';

const silent = { rendered: false };

/** Attributes the table commands need but that must not reach the markup. */
function cellAttributes(parent) {
  return { ...parent, colwidth: { ...parent.colwidth, ...silent }, align: { default: null, ...silent, parseHTML: () => null }, ...spans };
}

const span = (name) => ({
  default: 1,
  parseHTML: (cell) => Math.min(Math.max(Number.parseInt(cell.getAttribute(name), 10) || 1, 1), 1000),
  renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
});
const spans = { colspan: span('colspan'), rowspan: span('rowspan') };

export const OfficialTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: '',
        parseHTML: (table) => ((table.caption && table.caption.textContent) || '').replace(/\s+/g, ' ').trim(),
        rendered: false,
      },
    };
  },

  renderHTML({ node }) {
    const rows = ['tbody', 0];
    return node.attrs.caption ? ['table', {}, ['caption', {}, node.attrs.caption], rows] : ['table', {}, rows];
  },

  parseHTML() {
    // The caption's text is an attribute, not a block in front of the first row.
    return [{ tag: 'table' }, { tag: 'caption', ignore: true }, { tag: 'colgroup', ignore: true }];
  },
}).configure({ resizable: false, View: null });

export const OfficialRow = TableRow;

export const OfficialCell = TableCell.extend({
  addAttributes() {
    return cellAttributes(this.parent());
  },
  renderHTML({ HTMLAttributes }) {
    return ['td', HTMLAttributes, 0];
  },
});

export const OfficialHeader = TableHeader.extend({
  addAttributes() {
    return {
      ...cellAttributes(this.parent()),
      scope: { default: null, parseHTML: (cell) => cell.getAttribute('scope') },
    };
  },
  renderHTML({ HTMLAttributes }) {
    return ['th', mergeAttributes(HTMLAttributes), 0];
  },
});
