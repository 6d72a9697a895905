// Every check that needs the served pages: HTML validity, page tags, links, accessibility, journeys.
//   GONGKAI_BINARY=path node run.mjs [portal|desk]        (or BASE_URL=http://… for a server that runs already)
import { launch, PHONE, reader, WIDE } from './browser.mjs';
import { crawl, open, samples } from './crawl.mjs';
import { deskJourneys } from './desk/journeys.mjs';
import { walkDesk } from './desk/walk.mjs';
import { journeys } from './journeys.mjs';
import { accessibility, complaints, emptiness, keyboard, overflow, pictures, print } from './rules.mjs';
import { startDemo } from './server.mjs';
import { tagFaults } from './tags.mjs';
import { firstLine, Tally } from './tally.mjs';
import { checkValidity } from './validity.mjs';

const LOOKS = [
  { name: '1440 px', viewport: WIDE, full: true },
  { name: '375 px', viewport: PHONE },
  { name: '1440 px, dark', viewport: WIDE, dark: true },
  { name: '375 px, reading mode', viewport: PHONE, senior: true },
  { name: '1440 px, reading mode', viewport: WIDE, senior: true },
];

const MISSING = '/documents/99999999';

// What the portal promises (see ARCHITECTURE.md); a type nobody can reach by links is a fault.
const PROMISED = ['home', 'column', 'catalogue', 'record', 'print view', 'versions', 'older version', 'compare', 'search', 'key areas', 'key area', '/statutory-items', '/disclosure-guide', '/institutions', 'institution', '/annual-reports', '/statistics', '/apply', '/site-map'];

async function wholeSite(base, site) {
  const links = new Tally('links and tags');
  for (const type of PROMISED) {
    links.check(`a page of the type «${type}» is reachable by links`, site.pages.some((p) => p.type === type) ? [] : ['none was met']);
  }
  links.check(`no dead link (${site.pages.length} pages walked)`, site.dead.map((d) => `${d.status} ${d.path} from ${d.from}`));
  for (const [type, pages] of samples(site.pages, 3)) {
    links.check(`page tags: ${type}`, pages.flatMap((p) => tagFaults(p).map((f) => `${p.path}: ${f}`)));
  }
  links.close();

  const validity = new Tally('HTML validity');
  const missing = await open(base, MISSING);
  try {
    checkValidity(validity, [...spread(site.pages), missing]);
  } catch (error) {
    validity.check('the HTML checker runs', [firstLine(error)]);
  }
  validity.close();
  return [links, validity];
}

/** The samples of each type first, then the rest: validity stops at a number per type. */
function spread(pages) {
  const first = [...samples(pages, 6).values()].flat();
  return [...first, ...pages.filter((p) => !first.includes(p))];
}

async function everyLook(browser, base, site) {
  const tally = new Tally('accessibility and looks');
  const chosen = samples(site.pages, 2);
  chosen.set('missing page', [{ type: 'missing page', path: MISSING }]);
  const left = [...LOOKS];
  const worker = async () => {
    while (left.length > 0) {
      const look = left.shift();
      const context = await reader(browser, base, look);
      for (const sample of [...chosen.values()].flat()) {
        await tally.run(`${sample.type} (${sample.path}), ${look.name}`, () => oneLook(context, sample, look));
      }
      await context.close();
    }
  };
  await Promise.all([worker(), worker()]);
  tally.close();
  return tally;
}

async function oneLook(context, sample, look) {
  const page = await context.newPage();
  const heard = complaints(page);
  try {
    await page.goto(sample.path, { waitUntil: 'load' });
    const faults = [...(await overflow(page)), ...(await accessibility(page)), ...(await pictures(page))];
    if (look.full) {
      faults.push(...(await emptiness(page)), ...(await keyboard(page, { skipLink: sample.type !== 'print view' })), ...(await print(page)));
    }
    return [...faults, ...heard()];
  } finally {
    await page.close();
  }
}

async function portal(browser, server) {
  const began = Date.now();
  const site = await crawl(server.url);
  console.log(`walked ${site.pages.length} pages of ${new Set(site.pages.map((p) => p.type)).size} types in ${Math.round((Date.now() - began) / 1000)} s`);
  const whole = await wholeSite(server.url, site);
  const walks = new Tally('journeys');
  await journeys(walks, browser, server.url, site.pages);
  walks.close();
  return [...whole, walks, await everyLook(browser, server.url, site)];
}

async function main() {
  const [part] = process.argv.slice(2);
  const server = await startDemo();
  const browser = await launch();
  const tallies = [];
  try {
    if (part !== 'desk') tallies.push(...(await portal(browser, server)));
    if (part !== 'portal') tallies.push(await deskJourneys(browser, server), ...(await walkDesk(browser, server)));
  } finally {
    await browser.close();
    await server.stop();
  }
  const sum = (key) => tallies.reduce((total, t) => total + t[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(`could not run: ${firstLine(error)}`);
  process.exitCode = 2;
});
