// Who else has the edition open, asked now and then while this page is looked at and nothing is being saved anyway.
import { Unreachable } from '../server.js';

const ASK_EVERY = 30_000;

export class Presence {
  /** `onAnswer({ version, others, saved_by })`. */
  constructor(server, onAnswer) {
    this.server = server;
    this.onAnswer = onAnswer;
    this.ask();
    setInterval(() => !document.hidden && this.ask(), ASK_EVERY);
  }

  /** Resolves to whether the session is good; a fresh token comes with the answer. */
  async ask() {
    try {
      const { status, data } = await this.server.get('state');
      if (status !== 200 || !data) return false;
      if (data.csrf) this.server.csrf = data.csrf;
      this.onAnswer(data);
      return data;
    } catch (error) {
      if (error instanceof Unreachable) return false;
      throw error;
    }
  }
}
