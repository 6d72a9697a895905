// The record as citizens will see it, at three widths, in a frame on this page. Without scripts the same links open in
// a new tab.
import { button, element, fill } from './elements.js';

/** Pixels the page inside believes to have. */
const WIDTHS = { desktop: 1200, phone: 375, senior: 1200 };

export class Preview {
  /** `save()` resolves when the server has the newest text. */
  constructor(links, place, save) {
    this.links = [...links];
    this.place = place;
    this.save = save;
    this.opened = null;
    for (const link of this.links) {
      link.setAttribute('aria-expanded', 'false');
      link.addEventListener('click', (event) => this.onClick(event, link));
    }
    window.addEventListener('resize', () => this.fit());
  }

  async onClick(event, link) {
    // A new tab on request is a new tab.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (this.opened === link) this.close();
    else await this.open(link);
  }

  async open(link) {
    this.close();
    await this.save();
    this.opened = link;
    link.setAttribute('aria-expanded', 'true');
    const name = link.textContent.trim();
    this.frame = element('iframe', { src: link.href, title: `${name}预览`, class: 'preview-frame' });
    this.box = element('div', { class: 'preview-box' }, this.frame);
    const bar = element('div', { class: 'preview-bar' }, element('b', {}, `${name}预览`), button('刷新', () => this.reload(), { class: 'text-button' }), button('关闭预览', () => this.close(true), { class: 'text-button' }));
    fill(this.place, bar, this.box);
    this.place.hidden = false;
    this.fit();
    this.place.scrollIntoView({ block: 'nearest' });
  }

  async reload() {
    await this.save();
    this.frame.src = this.opened.href;
  }

  /** A page wider than its place is drawn smaller, so that its layout is the true one. */
  fit() {
    if (!this.opened) return;
    const width = WIDTHS[this.opened.dataset.preview] || WIDTHS.desktop;
    const scale = Math.min(1, this.box.clientWidth / width);
    const height = Math.round(Math.max(420, window.innerHeight * 0.75));
    this.frame.style.width = `${width}px`;
    this.frame.style.height = `${Math.round(height / scale)}px`;
    this.frame.style.transform = scale < 1 ? `scale(${scale})` : '';
    this.box.style.height = `${height}px`;
  }

  close(back) {
    if (!this.opened) return;
    this.opened.setAttribute('aria-expanded', 'false');
    if (back) this.opened.focus();
    this.opened = null;
    this.place.hidden = true;
    fill(this.place);
  }
}
