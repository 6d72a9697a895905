// The buttons above the text: what each is called, which keys do the same, what it does, when it is pressed or cannot
// be used. The toolbar only draws them.

const chain = (editor) => editor.chain().focus();
const mark = (name, label, keys, face) => ({ name, label, keys, face, run: (e) => chain(e).toggleMark(name).run(), pressed: (e) => e.isActive(name) });
const heading = (level, label) => ({
  name: `heading${level}`,
  label,
  keys: `Mod-Alt-${level}`,
  run: (e) => chain(e).toggleHeading({ level }).run(),
  pressed: (e) => e.isActive('heading', { level }),
});
const command = (name, label, extra = {}) => ({
  name,
  label,
  run: (e) => chain(e)[name]().run(),
  enabled: (e) => e.can()[name](),
  ...extra,
});

/** Groups of the main toolbar. `panel` names the panel below it that a button opens. */
export const MAIN = [
  [command('undo', '撤销', { keys: 'Mod-z' }), command('redo', '重做', { keys: 'Mod-Shift-z' })],
  [
    { name: 'paragraph', label: '正文', keys: 'Mod-Alt-0', run: (e) => chain(e).setParagraph().run(), pressed: (e) => e.isActive('paragraph') },
    heading(2, '大标题'),
    heading(3, '中标题'),
    heading(4, '小标题'),
  ],
  [
    mark('bold', '加粗', 'Mod-b', 'B'),
    mark('italic', '斜体', 'Mod-i', 'I'),
    mark('underline', '下划线', 'Mod-u', 'U'),
    mark('superscript', '上标', 'Mod-.', 'x²'),
    mark('subscript', '下标', 'Mod-,', 'x₂'),
  ],
  [
    { name: 'bulletList', label: '符号列表', keys: 'Mod-Shift-8', run: (e) => chain(e).toggleBulletList().run(), pressed: (e) => e.isActive('bulletList') },
    { name: 'orderedList', label: '编号列表', keys: 'Mod-Shift-7', run: (e) => chain(e).toggleOrderedList().run(), pressed: (e) => e.isActive('orderedList') },
    { name: 'sink', label: '下一级', keys: 'Tab', run: (e) => chain(e).sinkListItem('listItem').run(), enabled: (e) => e.can().sinkListItem('listItem') },
    { name: 'lift', label: '上一级', keys: 'Shift-Tab', run: (e) => chain(e).liftListItem('listItem').run(), enabled: (e) => e.can().liftListItem('listItem') },
    { name: 'blockquote', label: '引用', keys: 'Mod-Shift-b', run: (e) => chain(e).toggleBlockquote().run(), pressed: (e) => e.isActive('blockquote') },
  ],
  [
    { name: 'link', label: '链接', keys: 'Mod-k', panel: 'link', pressed: (e) => e.isActive('link') },
    { name: 'image', label: '图片', panel: 'picture', pressed: (e) => e.isActive('image') },
    { name: 'table', label: '表格', panel: 'table', enabled: (e) => !e.isActive('table') },
    { name: 'clear', label: '清除格式', keys: 'Mod-\\', run: (e) => chain(e).unsetAllMarks().run() },
  ],
];

/** Shown while the cursor stands in a table. */
export const TABLE = [
  [command('addRowBefore', '上方加行'), command('addRowAfter', '下方加行'), command('deleteRow', '删除行')],
  [command('addColumnBefore', '左侧加列'), command('addColumnAfter', '右侧加列'), command('deleteColumn', '删除列')],
  [command('mergeCells', '合并单元格'), command('splitCell', '拆分单元格')],
  [
    command('toggleHeaderRow', '表头行', { pressed: (e) => headed(e, 'row') }),
    command('toggleHeaderColumn', '表头列', { pressed: (e) => headed(e, 'column') }),
    { name: 'caption', label: '表题', panel: 'caption', pressed: (e) => Boolean(e.getAttributes('table').caption) },
    command('deleteTable', '删除表格'),
  ],
];

/** Whether the first row, or the first column, of the table around the cursor consists of header cells. */
function headed(editor, side) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name !== 'table') continue;
    const isHead = (cell) => cell && cell.type.name === 'tableHeader';
    if (side === 'row') return node.firstChild.content.content.every(isHead);
    return node.content.content.every((row) => isHead(row.firstChild));
  }
  return false;
}

/** `Ctrl+Shift+8` as people read it. */
export function keysInWords(keys) {
  const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
  const words = keys.split('-').map((key) => {
    if (key === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (key === 'Alt') return isMac ? '⌥' : 'Alt';
    return key.length === 1 ? key.toUpperCase() : key;
  });
  return words.join('+');
}
