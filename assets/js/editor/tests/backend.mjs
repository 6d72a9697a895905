// A stand-in for the desk's server, for trying the editor alone: the same addresses and answers, everything in memory.
// Tests reach into `state` to play the other officer, a broken line or an ended session.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../../../dist');
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/** What the page begins with. */
export function freshState() {
  return {
    version: 1,
    content: { title: '关于做好秋冬季森林防火工作的通知（演示数据）', document_number: '', written_on: '2018-10-12', genre: 'notice', summary: '', body_html: '<p>各街道办事处、区政府各部门：</p><p>为做好秋冬季森林防火工作，现将有关事项通知如下。</p>' },
    by: '李某',
    others: [],
    saves: [],
    findings: () => [],
    justified: [],
    uploads: new Map(),
    attachments: [{ id: 'a1', name: '防火责任区划分表.xlsx', size: 48_640, sha256: 'ab'.repeat(32) }],
    removed: new Map(),
    offline: false,
    signedOut: false,
    brokenChunks: 0,
    chunks: [],
    submitted: null,
    read: { title: '', document_number: '', written_on: '', body_html: '', pictures: [] },
  };
}

/** Starts the server on a free port: `{ url, state, reset, close }`. */
export async function startBackend() {
  const backend = { state: freshState() };
  backend.reset = () => {
    backend.state = freshState();
    return backend.state;
  };
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => answer(backend.state, request, response, Buffer.concat(parts)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  backend.url = `http://127.0.0.1:${server.address().port}`;
  backend.close = () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  return backend;
}

function answer(state, request, response, body) {
  const url = new URL(request.url, 'http://desk');
  const json = (status, data) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(data));
  };
  const html = (text) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP });
    response.end(text);
  };
  if (url.pathname.startsWith('/assets/')) return sendAsset(url.pathname.slice('/assets/'.length), response);
  if (url.pathname === '/') return html(page(state));
  if (url.pathname === '/plain') return html('<!DOCTYPE html><html lang="zh-CN"><title>空页</title><body></body></html>');
  if (url.pathname.endsWith('/preview')) return html(`<!DOCTYPE html><html lang="zh-CN"><title>预览</title><link rel="stylesheet" href="/assets/site.css"><main class="official">${state.content.body_html}</main></html>`);
  if (url.pathname.includes('/files/')) return sendPicture(response);
  if (state.offline) return request.socket.destroy();
  if (state.signedOut) return json(401, { error: '登录已失效' });
  const route = `${request.method} ${url.pathname}`;
  for (const [pattern, handler] of ROUTES) {
    const found = pattern.exec(route);
    if (found) return handler({ state, request, url, body, json, id: found[1], html });
  }
  return json(404, { error: '没有这个地址' });
}

const read = (body) => JSON.parse(body.toString() || '{}');

const ROUTES = [
  [/^POST \/desk\/editions\/\w+\/autosave$/, autosave],
  [/^GET \/desk\/editions\/\w+\/state$/, ({ state, json }) => json(200, { version: state.version, others: state.others, saved_by: state.by, csrf: 'token-2', account: 'zhang', name: '张某' })],
  [/^POST \/desk\/editions\/\w+\/check$/, ({ state, json, body }) => json(200, { findings: state.findings(read(body).content) })],
  [/^POST \/desk\/editions\/\w+\/justify$/, justify],
  [/^POST \/desk\/editions\/\w+\/uploads$/, startUpload],
  [/^POST \/desk\/editions\/\w+\/attachments$/, changeAttachments],
  [/^PUT \/desk\/uploads\/(\w+)$/, takeChunk],
  [/^GET \/desk\/uploads\/(\w+)$/, uploadState],
  [/^POST \/desk\/uploads\/(\w+)\/read$/, ({ state, json }) => json(200, state.read)],
  [/^POST \/desk\/editions\/\w+$/, submitted],
];

function autosave({ state, request, body, json }) {
  if (request.headers['x-csrf-token'] === '') return json(403, { error: '令牌无效' });
  const { version, content } = read(body);
  if (version !== state.version) {
    const changed = Object.keys(state.content).filter((name) => state.content[name] !== (state.before || {})[name]);
    return json(409, { version: state.version, by: state.by, at: '2018-11-26T10:30:00+08:00', changed_fields: changed, theirs: state.content });
  }
  state.version += 1;
  state.content = { ...state.content, ...content };
  state.saves.push(content);
  return json(200, { version: state.version, saved_at: new Date().toISOString(), others: state.others });
}

/** The other officer saves: what tests call to make a conflict. */
export function saveAsOther(state, change) {
  state.before = { ...state.content };
  state.content = { ...state.content, ...change };
  state.version += 1;
}

function justify({ state, body, json }) {
  state.justified.push(read(body));
  return json(200, {});
}

function startUpload({ state, body, json }) {
  const { name, size, purpose } = read(body);
  if (/\.exe$/.test(name)) return json(422, { error: '不接收程序文件' });
  const upload = `u${state.uploads.size + 1}`;
  state.uploads.set(upload, { name, size, purpose, bytes: Buffer.alloc(0) });
  return json(201, { upload, received: 0 });
}

function takeChunk({ state, url, body, json, id, request }) {
  const upload = state.uploads.get(id);
  if (!upload) return json(404, {});
  if (state.brokenChunks > 0) {
    state.brokenChunks -= 1;
    return request.socket.destroy();
  }
  const from = Number(url.searchParams.get('from'));
  if (from !== upload.bytes.length) return json(409, { received: upload.bytes.length });
  state.chunks.push({ id, from, length: body.length });
  upload.bytes = Buffer.concat([upload.bytes, body]);
  return json(200, progress(state, id, upload));
}

function uploadState({ state, json, id }) {
  const upload = state.uploads.get(id);
  return upload ? json(200, progress(state, id, upload)) : json(404, {});
}

function progress(state, id, upload) {
  const received = upload.bytes.length;
  if (received < upload.size) return { received };
  if (upload.purpose === 'document') return { received, document: { upload: id, name: upload.name, size: upload.size } };
  if (!upload.attachment) {
    const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
    upload.attachment = { id: `a${state.attachments.length + 1}`, name: onlyName(state, upload.name), size: upload.size, sha256 };
    state.attachments.push(upload.attachment);
  }
  return { received, attachment: upload.attachment };
}

function onlyName(state, name) {
  const dot = name.lastIndexOf('.');
  let made = name;
  for (let i = 2; state.attachments.some((one) => one.name === made); i += 1) made = `${name.slice(0, dot)}-${i}${name.slice(dot)}`;
  return made;
}

function changeAttachments({ state, body, json }) {
  const { order, rename, remove, restore } = read(body);
  const find = (id) => state.attachments.find((one) => one.id === id);
  if (order) state.attachments = order.map(find);
  if (rename) find(rename.id).name = rename.name;
  if (remove) {
    state.removed.set(remove, find(remove));
    state.attachments = state.attachments.filter((one) => one.id !== remove);
  }
  if (restore) state.attachments.push(state.removed.get(restore));
  return json(200, { attachments: state.attachments });
}

function submitted({ state, body, html }) {
  state.submitted = Object.fromEntries(new URLSearchParams(body.toString()));
  html('<!DOCTYPE html><html lang="zh-CN"><title>已保存</title><h1>已保存</h1></html>');
}

function sendAsset(name, response) {
  try {
    const bytes = readFileSync(join(dist, name));
    response.writeHead(200, { 'content-type': TYPES[name.split('.').pop()] || 'application/octet-stream' });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

function sendPicture(response) {
  response.writeHead(200, { 'content-type': 'image/svg+xml' });
  response.end('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="#dad6cc"/><text x="110" y="96" font-size="20">演示图片</text></svg>');
}

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function page(state) {
  const template = readFileSync(join(here, 'pages/edit.html'), 'utf8');
  const files = state.attachments.map((one) => `<li data-attachment="${one.id}" data-name="${escape(one.name)}" data-size="${one.size}" data-sha256="${one.sha256}">${escape(one.name)}</li>`).join('');
  return template
    .replace('{{version}}', String(state.version))
    .replace('{{version}}', String(state.version))
    .replace('{{attachments}}', files)
    .replace(/\{\{(\w+)\}\}/g, (all, name) => escape(state.content[name] || ''));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const backend = await startBackend();
  console.log(backend.url);
}
