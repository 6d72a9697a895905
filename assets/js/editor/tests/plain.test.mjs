// The parts that know no page: when is saved, what differs, how a file travels, what an RTF holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHUNK, Upload, UploadRefused } from '../attachments/upload.js';
import { markedBlock } from '../body/marks.js';
import { difference, merge, pieces, textDifference } from '../conflict/difference.js';
import { picturesInRtf } from '../paste/rtf.js';
import { Autosave, BACK_OFF, EVERY } from '../saving/autosave.js';
import { LocalCopy } from '../saving/local_copy.js';
import { Unreachable, encodeName } from '../server.js';

/** An autosave whose time stands until it is moved and whose server answers what the test says. */
function desk(answers) {
  const it = { text: '一', sent: [], told: [], kept: null, timers: [], signedIn: true };
  const around = {
    read: () => ({ body_html: it.text }),
    send: async (body) => {
      it.sent.push(body);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return typeof answer === 'function' ? answer(body) : answer;
    },
    keep: (content) => (it.kept = content),
    forget: () => (it.kept = null),
    renew: async () => it.signedIn,
    later: (run, milliseconds) => it.timers.push({ run, milliseconds }) && it.timers[it.timers.length - 1],
    never: (timer) => (it.timers = it.timers.filter((other) => other !== timer)),
    tell: (state) => it.told.push(state),
  };
  it.autosave = new Autosave(1, around.read(), around);
  it.type = (text) => ((it.text = text), it.autosave.changed());
  /** The next timer runs; answers how long it would have waited. */
  it.tick = async () => {
    const timer = it.timers.shift();
    timer.run();
    await new Promise((resolve) => setImmediate(resolve));
    return timer.milliseconds;
  };
  return it;
}

const taken = (body) => ({ status: 200, data: { version: body.version + 1, saved_at: '2018-11-26T10:32:00+08:00' } });

test('a change is saved five seconds later, once, with the version it stands on', async () => {
  const it = desk([taken]);
  it.type('二');
  it.type('三');
  assert.equal(it.timers.length, 1);
  assert.equal(await it.tick(), EVERY);
  assert.deepEqual(it.sent, [{ version: 1, content: { body_html: '三' } }]);
  assert.deepEqual([it.autosave.state, it.autosave.version, it.autosave.isUnsaved, it.timers.length], ['saved', 2, false, 0]);
});

test('what is typed while a save is under way goes with the next one', async () => {
  const it = desk([taken]);
  it.type('二');
  const flushed = it.autosave.flush();
  it.type('三');
  assert.equal(await flushed, false);
  assert.equal(it.autosave.state, 'dirty');
  await it.tick();
  assert.deepEqual(it.sent.map((body) => [body.version, body.content.body_html]), [[1, '二'], [2, '三']]);
  assert.equal(it.autosave.isUnsaved, false);
});

test('a save asked for twice at once is sent once', async () => {
  const it = desk([taken]);
  it.type('二');
  await Promise.all([it.autosave.flush(), it.autosave.flush()]);
  assert.equal(it.sent.length, 1);
});

test('without a network the text is kept here and tried again, less and less often', async () => {
  const away = () => {
    throw new Unreachable('no line');
  };
  const it = desk([away, away, { status: 502, data: null }, away, away, away, taken]);
  it.type('二');
  await it.tick();
  assert.deepEqual(it.kept, { body_html: '二' });
  const waits = [];
  for (let i = 0; i < 6; i += 1) waits.push(await it.tick());
  assert.deepEqual(waits, [...BACK_OFF, BACK_OFF[BACK_OFF.length - 1]]);
  assert.deepEqual([it.autosave.state, it.kept], ['saved', null]);
  assert.ok(!it.told.slice(it.told.indexOf('retrying'), -1).includes('saving'), 'the line does not flicker while it retries');
});

test('signed out, nothing is sent until somebody has signed in, and nothing is lost', async () => {
  const it = desk([{ status: 401, data: null }, taken]);
  it.type('二');
  await it.tick();
  assert.deepEqual([it.autosave.state, it.kept], ['signed_out', { body_html: '二' }]);
  it.signedIn = false;
  it.type('三');
  await it.tick();
  assert.equal(it.sent.length, 1);
  it.signedIn = true;
  await it.tick();
  assert.deepEqual([it.sent.length, it.sent[1].content.body_html, it.autosave.state], [2, '三', 'saved']);
});

test('a conflict stops saving until it is settled, then goes on from their version', async () => {
  const it = desk([{ status: 409, data: { version: 7, by: '李某', theirs: { body_html: '他' } } }, taken]);
  it.type('二');
  await it.tick();
  it.type('三');
  assert.equal(it.timers.length, 0);
  assert.equal(await it.autosave.flush(), false);
  assert.deepEqual([it.autosave.state, it.sent.length, it.kept], ['conflict', 1, { body_html: '二' }]);
  await it.autosave.resume(7, { body_html: '他' });
  assert.deepEqual([it.sent[1].version, it.autosave.version, it.autosave.state], [7, 8, 'saved']);
});

test('what the server refuses is told and kept, not sent again and again', async () => {
  const it = desk([{ status: 413, data: { error: '正文太长' } }]);
  it.type('二');
  await it.tick();
  assert.deepEqual([it.autosave.state, it.timers.length, it.kept], ['refused', 0, { body_html: '二' }]);
  it.type('短');
  assert.equal(it.timers.length, 1, 'a changed text is worth another try');
});

test('a copy on this machine belongs to one edition and one account, and old ones are swept', () => {
  const storage = fakeStorage();
  const mine = new LocalCopy('e1', 'zhang', storage);
  const day = 24 * 3_600_000;
  assert.ok(mine.keep(3, { title: '甲' }, 100 * day));
  assert.deepEqual(mine.read(), { version: 3, content: { title: '甲' }, at: 100 * day });
  assert.equal(new LocalCopy('e1', 'li', storage).read(), null);
  mine.sweep(110 * day);
  assert.ok(mine.read());
  mine.sweep(115 * day);
  assert.equal(mine.read(), null);
  storage[mine.key] = 'no JSON';
  assert.equal(mine.read(), null);
});

function fakeStorage() {
  const methods = { getItem: (key) => (key in storage ? storage[key] : null), setItem: (key, value) => (storage[key] = value), removeItem: (key) => delete storage[key] };
  const storage = Object.create(methods);
  return storage;
}

test('a difference names what is gone before what is new, by characters and whole numbers', () => {
  assert.deepEqual(textDifference('共补贴1200元', '共补助1300元'), [
    { kind: 'same', text: '共补' },
    { kind: 'gone', text: '贴1200' },
    { kind: 'new', text: '助1300' },
    { kind: 'same', text: '元' },
  ]);
  assert.deepEqual(pieces('第12.5条A股𠮷'), ['第', '12.5', '条', 'A', '股', '𠮷']);
});

test('a difference always rebuilds both texts', () => {
  let seed = 7;
  const next = (n) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: next(14) }, () => '甲乙丙'[next(3)]);
    const [a, b] = [text(), text()];
    const parts = difference(a, b);
    const of = (...kinds) => parts.filter((part) => kinds.includes(part.kind)).flatMap((part) => part.items);
    assert.deepEqual(of('same', 'gone'), a);
    assert.deepEqual(of('same', 'new'), b);
  }
});

test('a merge takes what only one changed, names what both changed, and loses no paragraph', () => {
  const chunks = merge(['一', '二', '三', '四'], ['一', '二甲', '三', '四', '五'], ['一', '二乙', '三改', '四']);
  assert.deepEqual(
    chunks.map(({ kind, mine, theirs }) => [kind, mine.join(), theirs.join()]),
    [['same', '一', '一'], ['clash', '二甲', '二乙'], ['theirs', '三', '三改'], ['same', '四', '四'], ['mine', '五', '']],
  );
  const apart = merge(['一', '二', '三'], ['一改', '二', '三'], ['一', '二', '三改']);
  assert.deepEqual(apart.map((chunk) => chunk.kind), ['mine', 'same', 'theirs']);
  assert.deepEqual(merge(['一'], ['二'], ['二']).map((chunk) => chunk.kind), ['both']);
});

/** A server that takes uploads in memory and fails where the test says. */
function uploadServer(failAt = new Set()) {
  const it = { bytes: [], calls: 0, size: 0 };
  const state = () => ({ received: it.bytes.length, ...(it.bytes.length === it.size ? { attachment: { id: 'a', name: it.name } } : {}) });
  it.startUpload = async (name, size) => ((it.name = name), (it.size = size), { status: 201, data: { upload: 'u1', received: 0 } });
  it.uploadState = async () => ({ status: 200, data: state() });
  it.sendChunk = async (upload, from, chunk) => {
    it.calls += 1;
    if (failAt.has(it.calls)) throw new Unreachable('cut');
    if (from !== it.bytes.length) return { status: 409, data: { received: it.bytes.length } };
    it.bytes = it.bytes.concat([...new Uint8Array(await chunk.arrayBuffer())]);
    // The answer to this part gets lost although the part arrived.
    if (failAt.has(-it.calls)) throw new Unreachable('lost');
    return { status: 200, data: state() };
  };
  return it;
}

test('a file arrives whole through cuts and lost answers, part by part', async () => {
  const bytes = Uint8Array.from({ length: CHUNK * 3 + 17 }, (_, i) => (i * 31) % 251);
  const server = uploadServer(new Set([1, -3, 4]));
  const waits = [];
  const upload = new Upload(server, new Blob([bytes]), '名册.xlsx', { pause: async (milliseconds) => waits.push(milliseconds) });
  assert.deepEqual(await upload.run(), { id: 'a', name: '名册.xlsx' });
  assert.deepEqual(Uint8Array.from(server.bytes), bytes);
  assert.equal(waits.length, 3);
});

test('an upload that broke off is taken up again by its number, wherever the server stands', async () => {
  const server = uploadServer();
  server.size = CHUNK * 2;
  server.bytes = Array.from({ length: CHUNK }, () => 1);
  const memory = new Map([[`attachment/名册/${CHUNK * 2}/0`, 'u1']]);
  server.startUpload = () => assert.fail('it began anew');
  await new Upload(server, new Blob([new Uint8Array(CHUNK * 2)]), '名册', { memory }).run();
  assert.deepEqual([server.calls, server.bytes.length, memory.size], [1, CHUNK * 2, 0]);
});

test('a refusal is not tried again and says why', async () => {
  const server = uploadServer();
  server.startUpload = async () => ({ status: 422, data: { error: '不接收程序文件' } });
  await assert.rejects(new Upload(server, new Blob(['MZ']), 'x.exe').run(), (error) => error instanceof UploadRefused && error.message === '不接收程序文件');
});

test('pictures are found in an RTF in their order, without the copies for older programs', () => {
  const png = '89504e470d0a1a0a0000000d49484452';
  const jpeg = 'ffd8ffe000104a46494600010100';
  const rtf = `{\\rtf1\\ansi{\\fonttbl{\\f0 X;}}{\\stylesheet{\\s0 N;}}text \\{ {\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn a}{\\sv 1}}}\\picw10\\pich10\\pngblip ${png}\n${png}}}{\\nonshppict{\\pict\\wmetafile8 0102030405060708090a}}\\par{\\pict\\wmetafile8 0102030405060708090a}{\\pict\\picscalex100\\jpegblip ${jpeg}00}}`;
  const found = picturesInRtf(rtf);
  assert.deepEqual(found.map((picture) => picture && [picture.type, picture.bytes.length]), [['image/png', 32], null, ['image/jpeg', 15]]);
  assert.deepEqual([...found[0].bytes.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.deepEqual(picturesInRtf('no rtf'), []);
});

test('names are encoded as the server encodes them', () => {
  assert.equal(encodeName("图 1-(a)_'b'.png"), '%E5%9B%BE%201%2D%28a%29%5F%27b%27%2Epng');
});

test('a mark leads to the paragraph it was made at, though others begin alike, and to the nearest one when it moved', () => {
  const block = (text, end = 1) => ({ text, end });
  const blocks = [block('各有关单位：'), { text: '表', caption: 3 }, block('第一条\n各镇政府。'), block('各镇政府，'), block('各镇政府。')];
  assert.equal(markedBlock(blocks, 6, '各镇政府'), blocks[4]);
  assert.equal(markedBlock(blocks, 5, '各镇政府'), blocks[3]);
  assert.equal(markedBlock(blocks, 4, '各镇政府'), blocks[2], 'a line break begins another line');
  assert.equal(markedBlock(blocks, 1, '各镇政府'), blocks[2]);
  assert.equal(markedBlock(blocks, 2, '表'), undefined, 'the caption of a table is no text to stand in');
  assert.equal(markedBlock(blocks, 3, '已经删去的'), undefined);
});
