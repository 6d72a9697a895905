// Counts what held and what did not, and prints it as it goes. Knows nothing of pages.

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

  /** Runs a check that may throw; what it throws is its fault. */
  async run(what, body) {
    try {
      return this.check(what, await body());
    } catch (error) {
      return this.check(what, [firstLine(error)]);
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
