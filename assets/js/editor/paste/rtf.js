// Pictures out of the RTF that Word puts on the clipboard beside the HTML. The HTML names files of the officer's own
// machine, which no page may read; the RTF holds the same pictures in the same order as hexadecimal digits.

const TYPES = { pngblip: 'image/png', jpegblip: 'image/jpeg' };
// Groups with the same picture again for older programs, and drawings that the HTML does not list.
const SKIPPED = /^\\(?:\*\\)?(nonshppict|shprslt|fonttbl|colortbl|stylesheet|listtable|themedata|datastore|latentstyles)\b/;

/** `[{ type, bytes } | null]`: null stands for a picture in a form no browser shows, so that the order holds. */
export function picturesInRtf(rtf) {
  const found = [];
  let at = rtf.indexOf('{\\rtf');
  if (at < 0) return found;
  for (at += 1; at < rtf.length; at += 1) {
    const char = rtf[at];
    if (char === '\\') at += 1;
    else if (char === '{') {
      const head = rtf.slice(at + 1, at + 40);
      if (SKIPPED.test(head)) at = groupEnd(rtf, at);
      else if (head.startsWith('\\pict')) {
        const end = groupEnd(rtf, at);
        found.push(readPicture(rtf.slice(at + 1, end)));
        at = end;
      }
    }
  }
  return found;
}

/** The place of the brace that closes the group opened at `from`. */
function groupEnd(rtf, from) {
  let depth = 0;
  for (let at = from; at < rtf.length; at += 1) {
    const char = rtf[at];
    if (char === '\\') at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return rtf.length;
}

function readPicture(group) {
  const outside = withoutGroups(group);
  const kind = /\\(pngblip|jpegblip)\b/.exec(outside);
  if (!kind) return null;
  const digits = outside.replace(/\\[a-z]+-?\d* ?/gi, '').replace(/[^0-9a-f]/gi, '');
  if (digits.length < 16) return null;
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(digits.substr(i * 2, 2), 16);
  return { type: TYPES[kind[1]], bytes };
}

function withoutGroups(text) {
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') at = groupEnd(text, at);
    else out += text[at];
  }
  return out;
}
