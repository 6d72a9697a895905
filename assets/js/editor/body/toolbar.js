// A row of real buttons: one stop of the tab key, arrows within, Alt+F10 from the text and Esc back to it.
import { element } from '../elements.js';
import { keysInWords } from './controls.js';

/** Draws groups of controls for an editor; `openPanel(name, button)` opens the panel a control names. */
export class Toolbar {
  constructor(editor, groups, label, openPanel) {
    this.editor = editor;
    this.controls = groups.flat();
    this.buttons = new Map();
    this.openPanel = openPanel;
    const rows = groups.map((group) => element('div', { class: 'tool-group', role: 'group' }, ...group.map((control) => this.draw(control))));
    this.dom = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': label, onkeydown: (event) => this.onKey(event) }, ...rows);
    this.setStop(this.controls[0].name);
  }

  draw(control) {
    const { name, label, keys, face } = control;
    const title = keys ? `${label}（${keysInWords(keys)}）` : label;
    const made = element(
      'button',
      { type: 'button', class: face ? `tool tool-${name}` : 'tool', title, 'aria-label': face ? `${label} ${face}` : null, tabindex: '-1', onclick: () => this.press(control) },
      face || label,
    );
    if (control.pressed) made.setAttribute('aria-pressed', 'false');
    if (control.panel) made.setAttribute('aria-expanded', 'false');
    this.buttons.set(name, made);
    return made;
  }

  press(control) {
    const made = this.buttons.get(control.name);
    if (made.getAttribute('aria-disabled') === 'true') return;
    this.setStop(control.name);
    if (control.panel) this.openPanel(control.panel, made);
    else control.run(this.editor);
  }

  /** Shows what holds where the cursor is. A button that cannot be used keeps its place for the arrow keys. */
  refresh() {
    for (const control of this.controls) {
      const made = this.buttons.get(control.name);
      if (control.pressed) made.setAttribute('aria-pressed', String(Boolean(control.pressed(this.editor))));
      const usable = !control.enabled || control.enabled(this.editor);
      if (usable) made.removeAttribute('aria-disabled');
      else made.setAttribute('aria-disabled', 'true');
    }
  }

  setStop(name) {
    for (const [other, made] of this.buttons) made.tabIndex = other === name ? 0 : -1;
    this.stop = name;
  }

  focus() {
    this.buttons.get(this.stop).focus();
  }

  onKey(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      this.editor.commands.focus();
      return;
    }
    const names = this.controls.map((control) => control.name);
    const at = names.findIndex((name) => this.buttons.get(name) === document.activeElement);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (at < 0 || target === undefined) return;
    event.preventDefault();
    this.setStop(names[(target + names.length) % names.length]);
    this.focus();
  }
}
