// Makes elements and speaks to screen readers. Everything visible that the editor adds is made here: text goes in as
// text, never as markup.

/**
 * `element('button', { type: 'button', class: 'x', onclick: f }, 'text', child)`. A value of `null` or `false` leaves
 * the attribute out; `on…` is a listener.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A button that submits nothing. */
export function button(text, onclick, attributes = {}) {
  return element('button', { type: 'button', onclick, ...attributes }, text);
}

let serial = 0;

/** An id nobody else has on this page. */
export function freshId(stem) {
  serial += 1;
  return `${stem}-${serial}`;
}

/** A labelled field; the input comes back so that the caller can read it. */
export function field(label, input) {
  if (!input.id) input.id = freshId('field');
  return element('div', { class: 'inline-field' }, element('label', { for: input.id }, label), input);
}

/** Puts these children in place of all there were. */
export function fill(parent, ...children) {
  parent.textContent = '';
  parent.append(...children.flat().filter(Boolean));
}

/** `10:32` of a moment. */
export function clockTime(date) {
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** `11月26日 10:32` of a moment. */
export function dayAndTime(date) {
  return `${date.getMonth() + 1}月${date.getDate()}日 ${clockTime(date)}`;
}

/** `1.5 MB` of bytes. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let size = bytes;
  let unit = -1;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
