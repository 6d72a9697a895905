// What happens when something is pasted or dropped into the text: markup is made plain, pictures are taken along.
import { Extension } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import { Plugin } from '@tiptap/pm/state';
import { parsedMarkup } from '../markup.js';
import { plainMarkup } from './office.js';
import { picturesInRtf } from './rtf.js';

const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'];
const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp', 'image/bmp': 'bmp' };

export const isPicture = (file) => PICTURE_TYPES.includes(file.type);

/** A picture written into the markup itself, or null when it is none. */
export function blobOfDataUrl(url) {
  const found = /^data:(image\/[a-z+.-]+)(;[^,]*)?,(.*)$/is.exec(url);
  if (!found || !PICTURE_TYPES.includes(found[1].toLowerCase())) return null;
  const isBase64 = /;base64/i.test(found[2] || '');
  try {
    const text = isBase64 ? atob(found[3].replace(/\s+/g, '')) : decodeURIComponent(found[3]);
    return new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))], { type: found[1].toLowerCase() });
  } catch (error) {
    return null;
  }
}

/** The name a pasted picture gets; the server makes it the only one of its edition. */
export function pictureName(blob, given) {
  return given && given !== 'image.png' ? given : `图片.${ENDINGS[blob.type] || 'png'}`;
}

/**
 * `takePicture(blob, name)` starts the upload and answers the address to write meanwhile; `takeFiles(files)` gets
 * dropped files that are no pictures.
 */
export function clipboardExtension({ takePicture, takeFiles }) {
  let beside = { rtf: '', files: [] };

  const picture = (rtfPictures) => (src, local) => {
    const inline = blobOfDataUrl(src);
    if (inline) return takePicture(inline, pictureName(inline));
    if (local === null) return null;
    const entry = rtfPictures()[local];
    const file = entry ? new Blob([entry.bytes], { type: entry.type }) : onlyPicture(rtfPictures(), local);
    return file ? takePicture(file, pictureName(file)) : null;
  };

  // A single picture copied in an office program lies on the clipboard as a file as well.
  const onlyPicture = (fromRtf, local) => (fromRtf.length === 0 && local === 0 && beside.files.length === 1 ? beside.files[0] : null);

  const transform = (html) => {
    let fromRtf = null;
    const rtfPictures = () => {
      if (!fromRtf) fromRtf = beside.rtf ? picturesInRtf(beside.rtf) : [];
      return fromRtf;
    };
    return plainMarkup(html, picture(rtfPictures));
  };

  return Extension.create({
    name: 'clipboard',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          props: {
            handleDOMEvents: {
              paste: (view, event) => {
                beside = besideOf(event.clipboardData);
                return false;
              },
              drop: (view, event) => {
                beside = besideOf(event.dataTransfer);
                return false;
              },
            },
            transformPastedHTML: transform,
            handlePaste: (view, event) => takeOnlyFiles(view, event.clipboardData, view.state.selection.from),
            handleDrop: (view, event, slice, moved) => !moved && dropFiles(view, event),
          },
        }),
      ];
    },
  });

  function takeOnlyFiles(view, data, at) {
    const files = filesOf(data);
    if (files.length === 0 || saysSomething(data.getData('text/html'))) return false;
    insert(view, files, at);
    return true;
  }

  function dropFiles(view, event) {
    const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
    return takeOnlyFiles(view, event.dataTransfer, place ? place.pos : view.state.selection.from);
  }

  function insert(view, files, at) {
    const { image } = view.state.schema.nodes;
    const nodes = files.filter(isPicture).map((file) => image.create({ src: takePicture(file, pictureName(file, file.name)), alt: '' }));
    if (nodes.length > 0) view.dispatch(closeHistory(view.state.tr.insert(at, nodes)).scrollIntoView());
    const others = files.filter((file) => !isPicture(file));
    if (others.length > 0) takeFiles(others);
  }
}

function besideOf(data) {
  return data ? { rtf: data.getData('text/rtf'), files: filesOf(data).filter(isPicture) } : { rtf: '', files: [] };
}

function filesOf(data) {
  return data && data.files ? [...data.files] : [];
}

/** Whether the markup is more than the picture that lies beside it as a file. */
function saysSomething(html) {
  if (!html) return false;
  const page = parsedMarkup(html);
  return page.body.textContent.trim() !== '' || page.querySelectorAll('img').length > 1 || page.querySelector('table') !== null || /^(data|file):/i.test(srcOf(page));
}

function srcOf(page) {
  const img = page.querySelector('img');
  return img ? img.getAttribute('src') || '' : '';
}
