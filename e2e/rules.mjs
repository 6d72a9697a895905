// What must hold on every page, whatever it shows: accessibility, no sideways scrolling, nothing in the console,
// visible focus, a print of it. Each function gives a list of faults, empty when all is well.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// Beyond the criteria themselves: what a screen reader's user navigates by.
const LANDMARKS = ['landmark-one-main', 'page-has-heading-one', 'heading-order', 'region', 'skip-link'];

/** Listens to a page from its first request; call the result to get what was complained of. */
export function complaints(page) {
  const heard = [];
  page.on('console', (message) => {
    // That the page itself is missing is what the 404 page is for.
    const own = message.location()?.url === page.url() && /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !own) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page left before its icon came is no fault.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') heard.push(`not loaded: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') heard.push(`${response.status()}: ${response.url()}`);
  });
  return () => heard;
}

export async function accessibility(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async ([tags, landmarks]) => {
    const rules = Object.fromEntries(landmarks.map((id) => [id, { enabled: true }]));
    // eslint-disable-next-line no-undef
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] });
    return result.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)), summary: v.nodes[0]?.failureSummary }));
  }, [TAGS, LANDMARKS]);
  return found.map((v) => `${v.id}: ${v.help} — ${v.nodes.join(' ¦ ')} — ${(v.summary ?? '').replace(/\s+/g, ' ').slice(0, 300)}`);
}

/** Nothing reaches beyond the right edge, save what scrolls inside a box of its own. */
export async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width + 1) return [];
    const scrolls = (e) => e && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e !== document.body && e !== document.documentElement || scrolls(e.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement));
    const names = wide.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)} px`);
    return [`scrolls sideways: ${document.documentElement.scrollWidth} px on ${width}; ${names.join(', ')}`];
  });
}

export async function pictures(page) {
  return page.evaluate(() => [...document.images].filter((i) => i.complete && i.naturalWidth === 0 && i.loading !== 'lazy').map((i) => `picture without content: ${i.src}`));
}

/** No `<dt>` without a value, no heading without a word, no English left on a Chinese screen's buttons. */
export async function emptiness(page) {
  return page.evaluate(() => {
    const faults = [];
    const hasContent = (e) => e.textContent.trim() !== '' || e.querySelector('img,svg,input');
    for (const term of document.querySelectorAll('main dt')) {
      let value = term.nextElementSibling;
      while (value?.tagName === 'DT') value = value.nextElementSibling;
      if (!value || value.tagName !== 'DD' || !hasContent(value)) faults.push(`label without a value: ${term.textContent.trim()}`);
    }
    for (const heading of document.querySelectorAll('h1,h2,h3,h4,th,a[href],button,label')) {
      if (heading.tagName === 'TH' || hasContent(heading) || heading.getAttribute('aria-label')) continue;
      faults.push(`empty ${heading.tagName.toLowerCase()}: ${heading.outerHTML.slice(0, 120)}`);
    }
    for (const button of document.querySelectorAll('button,input[type=submit]')) {
      const words = (button.textContent || button.value || '').trim();
      if (/^[A-Za-z ]{3,}$/.test(words)) faults.push(`English on a button: ${words}`);
    }
    return faults;
  });
}

/** The first stop of the keyboard leads to the content (where there is anything before it), and every stop can be seen. */
export async function keyboard(page, { skipLink = true, stops = 14 } = {}) {
  const faults = [];
  for (let i = 0; i < stops; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
      return { html: e.outerHTML.slice(0, 120), href: e.getAttribute('href'), ring, width: box.width, height: box.height, left: box.left, top: box.top };
    });
    if (!at) break;
    const inView = at.width > 1 && at.height > 1 && at.left > -at.width / 2 && at.top > -at.height / 2;
    if (i === 0 && skipLink) {
      if (!at.href?.startsWith('#')) faults.push(`the first stop is not the way to the content: ${at.html}`);
      else if (!(await page.locator(at.href).count())) faults.push(`the way to the content leads nowhere: ${at.href}`);
      if (!inView) faults.push(`the way to the content stays hidden when focused: ${at.html}`);
    }
    if (!at.ring) faults.push(`focus cannot be seen: ${at.html}`);
  }
  return faults;
}

export async function print(page) {
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ format: 'A4' });
  const words = await page.evaluate(() => document.body.innerText.trim().length);
  await page.emulateMedia({ media: 'screen' });
  const faults = [];
  if (!pdf.subarray(0, 5).toString().startsWith('%PDF') || pdf.length < 3_000) faults.push(`a print of ${pdf.length} bytes`);
  if (words < 20) faults.push(`only ${words} characters are left on paper`);
  return faults;
}
