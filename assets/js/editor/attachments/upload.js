// One file on its way to the server, in parts, so that a broken line costs one part and not the file. Knows no page.
import { Unreachable, reasonOf } from '../server.js';

/** Bytes of a part; the server's front refuses bodies of ten megabytes. */
export const CHUNK = 512 * 1024;
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];

/** The server said no, with a reason for people. */
export class UploadRefused extends Error {}
/** Somebody pressed 取消. */
export class UploadCancelled extends Error {}

export class Upload {
  /** `pause(ms)` resolves after a while; `onProgress(received, size)`; `memory` keeps the number of a broken upload. */
  constructor(server, file, name, { purpose = 'attachment', pause = wait, onProgress = () => {}, onWaiting = () => {}, memory = new Map() } = {}) {
    Object.assign(this, { server, file, name, purpose, pause, onProgress, onWaiting, memory });
    this.abort = new AbortController();
    this.key = `${purpose}/${name}/${file.size}/${file.lastModified || 0}`;
  }

  cancel() {
    this.abort.abort();
  }

  /** Sends everything; resolves to what the server made of it. */
  async run() {
    let failures = 0;
    for (;;) {
      try {
        const done = await this.goOn();
        this.memory.delete(this.key);
        return done;
      } catch (error) {
        if (this.abort.signal.aborted) throw new UploadCancelled();
        if (!(error instanceof Unreachable) || failures >= WAITS.length) throw error;
        this.onWaiting();
        await this.pause(WAITS[failures]);
        failures = this.moved ? 0 : failures + 1;
        this.moved = false;
      }
    }
  }

  /** From wherever the server stands to the end; throws at the first part that does not arrive. */
  async goOn() {
    let { received, attachment, document: read } = await this.begin();
    while (!attachment && !read) {
      this.onProgress(received, this.file.size);
      const chunk = this.file.slice(received, received + CHUNK);
      const answer = await this.server.sendChunk(this.id, received, chunk, this.abort.signal);
      const data = accepted(answer, [200, 409]);
      if (data.received > received) this.moved = true;
      // 409: the server has another number of bytes than we thought, and says which.
      if (data.received === received && received < this.file.size && answer.status === 200) throw new Unreachable('the server takes nothing');
      ({ received = received, attachment, document: read } = data);
    }
    this.onProgress(this.file.size, this.file.size);
    return attachment || read;
  }

  async begin() {
    this.id = this.id || this.memory.get(this.key);
    if (this.id) {
      const answer = await this.server.uploadState(this.id);
      if (answer.status === 200) return answer.data;
      if (answer.status < 500) this.id = null; // given up there
      else throw new Unreachable(`status ${answer.status}`);
    }
    const data = accepted(await this.server.startUpload(this.name, this.file.size, this.purpose), [200, 201]);
    this.id = data.upload;
    this.memory.set(this.key, this.id);
    return data;
  }
}

function accepted(answer, good) {
  if (good.includes(answer.status) && answer.data) return answer.data;
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Unreachable(`status ${answer.status}`);
  if (answer.status === 401) throw new UploadRefused('登录已失效，请登录后重试');
  throw new UploadRefused(reasonOf(answer, answer.status === 413 ? '文件太大' : '服务器没有接受这个文件'));
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Numbers of broken uploads, kept over a reload so that choosing the same file again goes on. */
export class UploadMemory {
  constructor(edition, storage = sessionStorageOrNothing()) {
    this.stem = `gongkai.upload.${edition}.`;
    this.storage = storage;
  }

  get(key) {
    return this.storage && this.storage.getItem(this.stem + key);
  }

  set(key, value) {
    if (this.storage) this.storage.setItem(this.stem + key, value);
  }

  delete(key) {
    if (this.storage) this.storage.removeItem(this.stem + key);
  }
}

function sessionStorageOrNothing() {
  try {
    return window.sessionStorage;
  } catch (error) {
    return null;
  }
}
