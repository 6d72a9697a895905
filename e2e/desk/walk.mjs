// Walks the desk by its links as each of staff, and judges every type of page met: dead links, HTML validity, accessibility
// and looks at both widths. Changes nothing: it follows links and sends no form.
import { PHONE, WIDE } from '../browser.mjs';
import { accessibility, complaints, emptiness, overflow, pictures } from '../rules.mjs';
import { Tally } from '../tally.mjs';
import { checkValidity } from '../validity.mjs';
import { atDesk, STAFF } from './staff.mjs';

// Of one type so many pages are opened for each person; filters and records multiply.
const MOST_PER_TYPE = 3;
const LOOKS = [
  { name: '1440 px', viewport: WIDE, full: true },
  { name: '375 px', viewport: PHONE },
];

/** What kind of page an address is: ids, numbers and days are one kind, and so are queries. */
export function kindOf(path) {
  return path
    .split('?')[0]
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, '{id}')
    .replace(/\/[0-9a-f]{64}\//g, '/{digest}/')
    .replace(/\/\d{4}-\d\d(-\d\d)?(?=\/|$)/g, '/{day}')
    .replace(/\/\d+(?=\/|$)/g, '/{number}')
    .replace(/^\/desk\/manual\/(?!pictures).+/, '/desk/manual/{page}');
}

export async function walkDesk(browser, server) {
  const links = new Tally('desk: links');
  const looks = new Tally('desk: accessibility and looks');
  const pages = [];
  const looked = new Set();
  for (const who of Object.keys(STAFF)) {
    await links.run(`${who} walks the desk by its links`, async () => {
      const context = await atDesk(browser, server, who);
      const met = await crawl(context, server.url);
      pages.push(...met.pages);
      const fresh = met.pages.filter((page) => !looked.has(page.type));
      fresh.forEach((page) => looked.add(page.type));
      await lookAll(context, looks, who, firstOfEach(fresh));
      await context.close();
      return met.dead;
    });
  }
  links.close();
  looks.close();
  const validity = new Tally('desk: HTML validity');
  checkValidity(validity, pages);
  validity.close();
  return [links, looks, validity];
}

function firstOfEach(pages) {
  return [...new Map(pages.map((page) => [page.type, page])).values()];
}

/** Everything this person reaches from the home of the desk by links: `{ pages, dead }`. */
async function crawl(context, base) {
  const seen = new Set(['/desk']);
  const queue = [...seen];
  const counts = new Map();
  const met = { pages: [], dead: [] };
  for (let path = queue.shift(); path; path = queue.shift()) {
    const answer = await context.request.get(path);
    if (answer.status() >= 400) met.dead.push(`${answer.status()} ${path}`);
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    // A file to be kept is no page, even where it is HTML.
    if ((answer.headers()['content-disposition'] ?? '').startsWith('attachment')) continue;
    const html = await answer.text();
    met.pages.push({ path, type: kindOf(new URL(answer.url()).pathname), html });
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), new URL(path, base));
      const next = url.pathname + url.search;
      const kind = kindOf(next) + (url.search ? '?' : '');
      const isOurs = url.origin === base && (url.pathname === '/desk' || url.pathname.startsWith('/desk/'));
      if (!isOurs || seen.has(next) || (counts.get(kind) ?? 0) >= MOST_PER_TYPE) continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      seen.add(next);
      queue.push(next);
    }
  }
  return met;
}

async function lookAll(context, tally, who, pages) {
  const page = await context.newPage();
  const heard = complaints(page);
  for (const { path, type } of pages) {
    for (const look of LOOKS) {
      await tally.run(`${type} as ${who} (${path}), ${look.name}`, async () => {
        heard().length = 0;
        await page.setViewportSize(look.viewport);
        await page.goto(path, { waitUntil: 'load' });
        const faults = [...(await overflow(page)), ...(await accessibility(page)), ...(await pictures(page))];
        if (look.full) faults.push(...(await emptiness(page)));
        return [...faults, ...heard()];
      });
    }
  }
  await page.close();
}
