// When the text is sent to the server and what becomes of it. Knows no page: it is given how to read, send, keep and
// wait, and tells its state. One request is under way at a time; what is typed meanwhile goes with the next.
import { Unreachable } from '../server.js';

/** Milliseconds from the first unsaved change to the next save. */
export const EVERY = 5_000;
/** Waits between attempts while the server cannot be reached. */
export const BACK_OFF = [2_000, 4_000, 8_000, 16_000, 30_000];
/** Waits between looks whether somebody has signed in again. */
const SIGNED_OUT_LOOK = 15_000;

/**
 * States: `saved`, `dirty`, `saving`, `retrying`, `signed_out`, `conflict`, `refused`.
 *
 * The surroundings: `read()` the content now · `send(body, options)` resolves to `{ status, data }` · `keep(content)`
 * and `forget()` the copy on this machine · `renew()` resolves to whether the session is good again ·
 * `later(f, ms)` and `never(timer)` · `tell(state, details)`.
 */
export class Autosave {
  constructor(version, base, surroundings) {
    this.version = version;
    this.base = base;
    this.around = surroundings;
    this.state = 'saved';
    this.failures = 0;
    this.timer = null;
    this.underWay = null;
    this.changedSince = false;
  }

  /** Something was typed. */
  changed() {
    this.changedSince = true;
    if (this.underWay || ['conflict', 'signed_out'].includes(this.state)) return;
    if (this.state === 'saved') this.tell('dirty');
    if (!this.timer) this.wait(EVERY);
  }

  get isUnsaved() {
    return this.state !== 'saved' || this.changedSince;
  }

  /** Saves at once, if there is something to save; resolves when it is done, to whether all is saved. */
  async flush(options) {
    if (this.state === 'conflict') return false;
    if (this.underWay) await this.underWay;
    if (!this.changedSince && this.state === 'saved') return true;
    this.stopWaiting();
    this.underWay = this.attempt(options);
    await this.underWay;
    return !this.isUnsaved;
  }

  /** The conflict is settled: from now on this content stands on that version of theirs. */
  resume(version, base) {
    this.version = version;
    this.base = base;
    this.changedSince = true;
    this.tell('dirty');
    return this.flush();
  }

  wait(milliseconds) {
    this.stopWaiting();
    this.timer = this.around.later(() => {
      this.timer = null;
      this.flush();
    }, milliseconds);
  }

  stopWaiting() {
    if (this.timer) this.around.never(this.timer);
    this.timer = null;
  }

  tell(state, details) {
    this.state = state;
    this.around.tell(state, details || {});
  }

  async attempt(options) {
    if (this.state === 'signed_out' && !(await this.around.renew())) {
      this.underWay = null;
      this.wait(SIGNED_OUT_LOOK);
      return;
    }
    const content = this.around.read();
    this.changedSince = false;
    if (this.state !== 'retrying') this.tell('saving');
    let answer;
    try {
      answer = await this.around.send({ version: this.version, content }, options);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      answer = { status: 0, data: null };
    } finally {
      this.underWay = null;
    }
    this.settle(content, answer);
  }

  settle(content, { status, data }) {
    if (status === 200 && data) this.saved(content, data);
    else if (status === 409 && data) this.hold('conflict', { ...data, mine: content, base: this.base });
    else if (status === 401 || status === 403) {
      this.hold('signed_out', { reason: data && data.error });
      this.wait(SIGNED_OUT_LOOK);
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) this.hold('refused', { reason: data && data.error });
    else this.retry(content);
  }

  saved(content, data) {
    this.failures = 0;
    this.version = data.version;
    this.base = content;
    if (this.changedSince) {
      this.tell('dirty', data);
      this.wait(EVERY);
    } else {
      this.around.forget();
      this.tell('saved', data);
    }
  }

  /** Nothing more is sent by itself; the text is safe on this machine. */
  hold(state, details) {
    this.changedSince = true;
    this.around.keep(this.around.read());
    this.stopWaiting();
    this.tell(state, details);
  }

  retry(content) {
    this.changedSince = true;
    this.around.keep(content);
    const wait = BACK_OFF[Math.min(this.failures, BACK_OFF.length - 1)];
    this.failures += 1;
    this.tell('retrying');
    this.wait(wait);
  }
}
