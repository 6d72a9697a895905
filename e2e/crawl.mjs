// Walks the site by its links, as a reader without scripts would, within bounds: every page type is met, every
// internal link is tried once. Does not judge the pages.

const MOST_ADDRESSES = 12_000;
// Filters multiply: of the addresses of one type with a query this many are opened.
const MOST_WITH_QUERY = 60;
const AT_ONCE = 4;

/** Route patterns in the order they are tried; the name is what reports call the page type. */
const TYPES = [
  ['home', /^\/$/],
  ['column', /^\/columns\/[^/]+$/],
  ['column feed', /^\/columns\/[^/]+\/feed\.atom$/],
  ['catalogue', /^\/catalogue$/],
  ['record', /^\/documents\/\d+$/],
  ['print view', /^\/documents\/\d+\/print$/],
  ['versions', /^\/documents\/\d+\/versions$/],
  ['older version', /^\/documents\/\d+\/versions\/\d+$/],
  ['compare', /^\/documents\/\d+\/versions\/compare$/],
  ['attachment', /^\/documents\/\d+\/files\//],
  ['qr code', /^\/documents\/\d+\/qr\.svg$/],
  ['search', /^\/search$/],
  ['key areas', /^\/key-areas$/],
  ['key area', /^\/key-areas\/[^/]+$/],
  ['institution', /^\/institutions\/[^/]+$/],
  ['guide', /^\/service-items\/[^/]+$/],
  ['asset', /^\/assets\//],
];

export function typeOf(pathname) {
  const known = TYPES.find(([, pattern]) => pattern.test(pathname));
  return known ? known[0] : pathname;
}

/**
 * Everything reachable from `/`: `{ pages, dead, external }`. A page is
 * `{ path, type, status, html, links }`; `dead` lists `{ path, status, from }`.
 */
export async function crawl(base) {
  const seen = new Map([['/', '(start)']]);
  const queue = ['/', '/robots.txt', '/sitemap.xml', '/feeds/latest.atom'];
  const queried = new Map();
  const result = { pages: [], dead: [], external: new Set() };

  const offer = (path, from) => {
    if (seen.has(path) || seen.size >= MOST_ADDRESSES) return;
    const url = new URL(path, base);
    if (url.search) {
      const count = queried.get(url.pathname.replace(/\d+/g, 'n')) ?? 0;
      if (count >= MOST_WITH_QUERY) return;
      queried.set(url.pathname.replace(/\d+/g, 'n'), count + 1);
    }
    seen.set(path, from);
    queue.push(path);
  };

  const visit = async (path) => {
    const page = await open(base, path);
    if (page.status >= 400) result.dead.push({ path, status: page.status, from: seen.get(path) });
    if (!page.html) return;
    result.pages.push(page);
    for (const link of page.links) {
      const url = new URL(link, new URL(path, base));
      if (url.origin !== base) {
        if (url.protocol.startsWith('http')) result.external.add(url.href);
        continue;
      }
      // The switch of the reading mode only sets a cookie and comes back.
      if (url.pathname !== '/reading-mode') offer(url.pathname + url.search, path);
    }
  };

  const worker = async () => {
    while (queue.length > 0) await visit(queue.shift());
  };
  // One page first, so that the others of the pool find something in the queue.
  await visit(queue.shift());
  while (queue.length > 0) await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return result;
}

/** One address: its status and, for HTML, its text and links. */
export async function open(base, path) {
  const answer = await fetch(new URL(path, base), { redirect: 'follow' });
  const kind = answer.headers.get('content-type') ?? '';
  const type = typeOf(new URL(path, base).pathname);
  if (!kind.startsWith('text/html')) {
    await answer.arrayBuffer();
    return { path, type, status: answer.status, kind };
  }
  const html = await answer.text();
  return { path, type, status: answer.status, kind, html, links: links(html) };
}

/** The addresses in href and src; the pages are valid HTML (checked elsewhere), so a pattern is enough. */
function links(html) {
  const found = [];
  for (const match of html.matchAll(/<(?:a|link|img|script|source|iframe|area)\b[^>]*?\s(?:href|src)=(?:"([^"]*)"|'([^']*)')/gi)) {
    const link = (match[1] ?? match[2]).replace(/&(amp|#38);/g, '&').trim();
    if (link && !/^(#|mailto:|tel:|data:|javascript:)/.test(link)) found.push(link.split('#')[0]);
  }
  return found.filter(Boolean);
}

/**
 * For each page type the few pages that show most of its shapes: a page that brings class names or elements not
 * yet seen is worth a look, its twin is not.
 */
export function samples(pages, perType = 2) {
  const chosen = new Map();
  const byType = groupBy(pages);
  for (const [type, candidates] of byType) {
    const seen = new Set();
    const left = candidates.slice(0, 150).map((page) => ({ page, marks: marks(page.html) }));
    chosen.set(type, []);
    while (chosen.get(type).length < perType && left.length > 0) {
      const news = (c) => [...c.marks].filter((m) => !seen.has(m)).length;
      left.sort((a, b) => news(b) - news(a));
      if (chosen.get(type).length > 0 && news(left[0]) === 0) break;
      const best = left.shift();
      best.marks.forEach((m) => seen.add(m));
      chosen.get(type).push(best.page);
    }
  }
  return chosen;
}

function groupBy(pages) {
  const groups = new Map();
  for (const page of pages) groups.set(page.type, [...(groups.get(page.type) ?? []), page]);
  return groups;
}

function marks(html) {
  const found = new Set();
  for (const [, tag, rest] of html.matchAll(/<([a-z0-9]+)\b([^>]*)>/g)) {
    found.add(tag);
    const classes = rest.match(/class="([^"]*)"/);
    classes?.[1].split(/\s+/).forEach((c) => found.add(`.${c}`));
  }
  return found;
}
