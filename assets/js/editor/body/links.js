// Which addresses a link may lead to.
import { Link } from '@tiptap/extension-link';

/** http(s) with a host, mail addresses, paths of this site and places in the page; nothing else. */
export function isAllowedAddress(address) {
  const text = String(address || '').trim();
  if (/[\u0000-\u0020\u007f]/.test(text)) return false;
  return /^https?:\/\/[^/?#]+/i.test(text) || /^mailto:[^@]+@[^@]+$/i.test(text) || /^\/(?!\/)/.test(text) || /^#./.test(text) || isFileName(text);
}

/** The address of an attachment as the body writes it: its percent-encoded name. */
function isFileName(text) {
  return /^[A-Za-z0-9%]+$/.test(text) && text.includes('%2E');
}

/** What people type, made an address: `www.…` gets its scheme, a mail address `mailto:`. */
export function completedAddress(typed) {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  if (/^(www\.)?[\w-]+(\.[\w-]+)+(\/\S*)?$/i.test(text)) return `http://${text}`;
  return text;
}

export const SafeLink = Link.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (link) => link.getAttribute('href') } };
  },
  // As the server writes it when it cleans.
  renderHTML: ({ HTMLAttributes }) => ['a', { href: HTMLAttributes.href, rel: 'noopener' }, 0],
}).configure({
  openOnClick: false,
  autolink: false,
  linkOnPaste: true,
  isAllowedUri: (address) => isAllowedAddress(address),
});
