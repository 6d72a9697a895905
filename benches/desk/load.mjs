// Officers at work, in two ways.
//   node benches/desk/load.mjs paced URL OFFICERS SECONDS [FIRST]     everybody at the pace of people: a save every 5 s, a page between
//   node benches/desk/load.mjs rate  URL OFFICERS SECONDS [FIRST]     as fast as the server answers, for gongkai
//   node benches/desk/load.mjs rate-wagtail URL OFFICERS SECONDS [FIRST]
// FIRST is the number of the first officer: whoever has submitted a record in an earlier run is not asked again.
// Prints one JSON object; leaves with 1 when any request failed.
import { setTimeout as after } from 'node:timers/promises';
import { Clock } from './http.mjs';
import { office as ours } from './gongkai.mjs';
import { office as theirs } from './wagtail.mjs';

const [way, base, ...numbers] = process.argv.slice(2);
const [n, seconds, first = 1] = numbers.map(Number);
const SAVE_EVERY_MS = 5_000;
/** How many answer at once when nobody waits. */
const AT_ONCE = 8;

const clock = new Clock();
const officers = await (way === 'rate-wagtail' ? theirs : ours)(base, clock, n, first);
clock.clear();
const until = performance.now() + seconds * 1_000;
const open = () => performance.now() < until;
/** Cases that wait for a colleague. */
const waiting = [];

/** A save and a page. */
async function turn(officer, at) {
  await officer.save();
  await [() => officer.home(), () => officer.list(), () => officer.open(), () => officer.list()][at % 4]();
}

/** A colleague's record is approved where one waits, otherwise the own one submitted. */
async function step(officer) {
  const at = waiting.findIndex((work) => work.by !== officer);
  if (at >= 0) {
    const [{ by, work }] = waiting.splice(at, 1);
    await officer.approve(work);
    by.approved = true;
  } else if (!officer.submitted) {
    officer.submitted = true;
    waiting.push({ by: officer, work: await officer.submit() });
  }
}

async function paced(officer, at) {
  // Nobody begins at the same moment as everybody else.
  await after((at * 7_919) % SAVE_EVERY_MS);
  for (let turns = at; open(); turns += 1) {
    const next = performance.now() + SAVE_EVERY_MS;
    if (!officer.submitted) await officer.save();
    await after(Math.max(0, next - SAVE_EVERY_MS / 2 - performance.now()));
    await [() => officer.home(), () => officer.list(), () => officer.open(), () => step(officer)][turns % 4]();
    await after(Math.max(0, next - performance.now()));
  }
}

/** Every worker has its own officers, so that no session or record is used by two at once. */
async function hurried(own) {
  for (let turns = 0; open(); turns += 1) {
    const officer = own[turns % own.length];
    if (officer.approved) {
      await officer.again();
      officer.approved = false;
      officer.submitted = false;
    }
    if (officer.submitted) await officer.list();
    else await turn(officer, turns);
    if (turns % 8 === 7) await step(officer);
  }
}

const began = performance.now();
try {
  if (way === 'paced') await Promise.all(officers.map(paced));
  else {
    const own = Array.from({ length: AT_ONCE }, (_, at) => officers.filter((_, index) => index % AT_ONCE === at));
    await Promise.all(own.map(hurried));
  }
} catch (error) {
  clock.fault(String(error.stack));
}
const took = (performance.now() - began) / 1_000;
const all = clock.count('save', 'page', 'step');
const figures = {
  requests: all, seconds: took, rate: all / took, saves: clock.count('save'), pages: clock.count('page'), steps: clock.count('step'),
  page_p50: clock.quantile(0.5, 'page', 'step'), page_p99: clock.quantile(0.99, 'page', 'step'),
  save_p50: clock.quantile(0.5, 'save'), save_p99: clock.quantile(0.99, 'save'), faults: clock.faults.length,
};
console.log(JSON.stringify(figures));
for (const fault of clock.faults.slice(0, 5)) console.error(fault);
process.exit(clock.faults.length ? 1 : 0);
