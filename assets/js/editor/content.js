// The content of an edition as this page holds it: the fields of the form and the markup of the body.

/** Fields whose value is the markup of the body. */
export const BODY = 'body_html';

/** Every input inside `[data-field]`, by the name of its field. */
export class Fields {
  constructor(form) {
    this.form = form;
    this.body = null;
  }

  /** From now on the body is the rich text's. */
  useBody(body) {
    this.body = body;
  }

  inputs() {
    return [...this.form.querySelectorAll('[data-field] input, [data-field] select, [data-field] textarea')].filter((input) => input.name);
  }

  /** `{ title: '…', body_html: '…' }` */
  read() {
    const content = {};
    for (const input of this.inputs()) {
      if (input.type === 'radio' && !input.checked) continue;
      content[input.name] = input.type === 'checkbox' ? (input.checked ? input.value : '') : input.value;
    }
    if (this.body) content[BODY] = this.body.html;
    return content;
  }

  /** Sets what is given and leaves the rest. */
  write(content) {
    for (const input of this.inputs()) {
      const value = content[input.name];
      if (value === undefined || value === null) continue;
      if (input.name === BODY && this.body) {
        if (this.body.html !== value) this.body.html = value;
      } else if (input.type === 'radio' || input.type === 'checkbox') input.checked = input.value === value;
      else input.value = value;
    }
  }

  /** What people call a field. */
  label(name) {
    const wrap = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const label = wrap && wrap.querySelector('label, legend');
    return (label && label.textContent.replace(/（.*）$/, '').trim()) || name;
  }

  /** How a value reads: the words of a choice instead of its code. */
  words(name, value) {
    const input = this.inputs().find((one) => one.name === name);
    if (input && input.tagName === 'SELECT') {
      const option = [...input.options].find((one) => one.value === value);
      if (option) return option.textContent.trim();
    }
    return value || '';
  }

  focus(name) {
    if (name === BODY && this.body) {
      this.body.editor.commands.focus();
      return;
    }
    const input = this.inputs().find((one) => one.name === name);
    if (!input) return;
    const folded = input.closest('details');
    if (folded) folded.open = true;
    input.focus();
    input.scrollIntoView({ block: 'center' });
  }
}

/** Names of the fields that differ between two contents. */
export function differing(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => (a[name] || '') !== (b[name] || ''));
}
