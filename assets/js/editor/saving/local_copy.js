// The copy on this machine of text the server does not have yet. It goes as soon as the server has it: the machine may
// be shared. A browser without storage loses the copy, nothing else.

const STEM = 'gongkai.unsaved';
/** Copies nobody came back for are cleared away after so many milliseconds. */
const OLDEST = 14 * 24 * 3_600_000;

export class LocalCopy {
  constructor(edition, account, storage = storageOrNothing()) {
    this.key = `${STEM}.${account}.${edition}`;
    this.storage = storage;
  }

  /** `{ version, content, at }` or null. */
  read() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.key));
      return kept && typeof kept.content === 'object' && kept.content ? kept : null;
    } catch (error) {
      return null;
    }
  }

  keep(version, content, at) {
    try {
      this.storage.setItem(this.key, JSON.stringify({ version, content, at }));
      return true;
    } catch (error) {
      return false; // full or forbidden
    }
  }

  forget() {
    try {
      this.storage.removeItem(this.key);
    } catch (error) {
      // Without storage there is no copy.
    }
  }

  /** Clears old copies of whatever edition. */
  sweep(now) {
    try {
      for (const key of Object.keys(this.storage)) {
        if (!key.startsWith(STEM)) continue;
        const kept = JSON.parse(this.storage.getItem(key));
        if (!kept || !(kept.at > now - OLDEST)) this.storage.removeItem(key);
      }
    } catch (error) {
      // A copy that cannot be read is left to its owner.
    }
  }
}

function storageOrNothing() {
  try {
    return window.localStorage;
  } catch (error) {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  }
}
