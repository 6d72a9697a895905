// Counts what held and what did not, and prints it as it goes. Knows nothing of pages.

const LIMIT_MS = 180_000;

export class Tally {
  constructor(name) {
    this.name = name;
    this.passed = 0;
    this.failed = 0;
    this.faults = [];
  }

  /** Records one check; `faults` lists what is wrong, nothing when all is well. */
  check(what, faults) {
    const list = [faults ?? []].flat().filter(Boolean);
    if (list.length === 0) {
      this.passed += 1;
      return true;
    }
    this.failed += 1;
    this.faults.push(what);
    console.log(`  FAILED  ${what}`);
    for (const fault of list.slice(0, 12)) console.log(`          ${fault}`);
    if (list.length > 12) console.log(`          … and ${list.length - 12} more`);
    return false;
  }

  /** Runs a check that may throw or hang; what it throws is its fault. */
  async run(what, body) {
    let limit;
    const late = new Promise((_, failed) => {
      limit = setTimeout(() => failed(new Error(`not done in ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    });
    try {
      return this.check(what, await Promise.race([body(), late]));
    } catch (error) {
      return this.check(what, [firstLine(error)]);
    } finally {
      clearTimeout(limit);
    }
  }

  /** The group's own line; it carries a remark, so that only the last line of a run is the plain one. */
  close() {
    console.log(`-- ${this.name}: ${this.passed} held, ${this.failed} did not`);
  }
}

export function firstLine(error) {
  return String(error?.message ?? error).split('\n').slice(0, 3).join(' ').slice(0, 400);
}
