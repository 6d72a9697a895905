// What readers come for, walked from the first page to the last: with scripts and without. Looks for what a
// reader would see (words, links, form fields), not for class names.
import { accessibility, complaints } from './rules.mjs';
import { reader } from './browser.mjs';

const SEARCH = 'form[action="/search"] input[name="q"]';

export async function journeys(tally, browser, base, pages) {
  for (const scripts of [true, false]) {
    const how = scripts ? '' : ' without scripts';
    const context = await reader(browser, base, { scripts });
    const walk = (what, body) => tally.run(`${what}${how}`, () => onPage(context, body));
    await walk('a record is found by its title and its versions are compared', (page) => searchToCompare(page, pages));
    await walk('a column leads to its records', (page) => columnToRecord(page, pages));
    await walk('the catalogue is narrowed by organ and year', narrowCatalogue);
    await walk('the catalogue is paged forth and back', pageThroughCatalogue);
    await walk('a search without a hit helps on', fruitlessSearch);
    await walk('a missing page helps on', (page) => missingPage(page, scripts));
    await walk('the reading mode is switched on and off', seniorMode);
    await walk('the statutory row leads from the home page to each of its pages', statutoryRow);
    await context.close();
  }
  await downloads(tally, base, pages);
}

async function onPage(context, body) {
  const page = await context.newPage();
  const heard = complaints(page);
  try {
    const faults = (await body(page)) ?? [];
    return [...faults, ...heard()];
  } finally {
    await page.close();
  }
}

const heading = async (page) => (await page.locator('h1').first().innerText()).trim();
const pathOf = (page) => new URL(page.url()).pathname;

/** Fills the search field and sends the form as a keyboard user does. */
async function search(page, words) {
  const field = page.locator(SEARCH).first();
  await field.fill(words);
  await Promise.all([page.waitForURL(/\/search\?/), field.press('Enter')]);
}

async function searchToCompare(page, pages) {
  const versioned = pages.find((p) => p.type === 'compare') ?? pages.find((p) => p.type === 'versions' && /compare\?/.test(p.html));
  if (!versioned) return ['the demonstration has no record with two versions'];
  const record = versioned.path.match(/^\/documents\/\d+/)[0];
  await page.goto(record);
  const title = await heading(page);

  await page.goto('/');
  await search(page, title);
  const hit = page.locator(`main a[href^="${record}"]`).first();
  if (!(await hit.count())) return [`searching for the title «${title}» does not list ${record}`];
  await Promise.all([page.waitForURL(`**${record}*`), hit.click()]);
  if ((await heading(page)) !== title) return [`the hit leads to «${await heading(page)}»`];

  await follow(page, `a[href="${record}/versions"]`);
  if (pathOf(page) !== `${record}/versions`) return [`the record does not lead to its versions but to ${page.url()}`];
  await compare(page, record);
  const faults = [];
  if (pathOf(page) !== `${record}/versions/compare`) faults.push(`the versions do not lead to a comparison but to ${page.url()}`);
  // The key above the text shows one of each.
  if ((await page.locator('main ins, main del').count()) < 3) faults.push('the comparison marks no difference');
  await page.goBack();
  await page.goBack();
  if ((await heading(page)) !== title) faults.push(`going back twice shows «${await heading(page)}» instead of the record`);
  return faults;
}

async function compare(page, record) {
  const link = page.locator(`a[href^="${record}/versions/compare"]`);
  if (await link.count()) {
    await Promise.all([page.waitForURL('**/versions/compare?**'), link.first().click()]);
    return;
  }
  const button = page.locator(`form[action="${record}/versions/compare"] button, form[action="${record}/versions/compare"] input[type=submit]`).first();
  await Promise.all([page.waitForURL('**/versions/compare?**'), button.click()]);
}

async function follow(page, selector) {
  const link = page.locator(selector).first();
  const target = await link.getAttribute('href');
  await Promise.all([page.waitForURL((url) => url.pathname + url.search === target || url.pathname === target), link.click()]);
}

async function columnToRecord(page, pages) {
  const column = pages.find((p) => p.type === 'column' && /href="\/documents\/\d+"/.test(p.html));
  if (!column) return ['no column lists a record'];
  await page.goto(column.path);
  const link = page.locator('main a[href^="/documents/"]').first();
  const words = (await link.innerText()).trim();
  const target = await link.getAttribute('href');
  await Promise.all([page.waitForURL(`**${target}`), link.click()]);
  const faults = [];
  const title = await heading(page);
  if (!words.includes(title.slice(0, 8)) && !title.includes(words.slice(0, 8))) faults.push(`«${words}» leads to «${title}»`);
  if (!(await page.locator(`a[href^="${column.path.split('?')[0]}"]`).count())) faults.push('the record does not lead back to its column');
  if (!(await page.locator('main dl dt').count())) faults.push('the record shows no metadata head');
  return faults;
}

/** The number of results a list page states, or the number of records it links to. */
async function results(page) {
  const said = (await page.locator('main').innerText()).match(/共\s*([\d,]+)\s*[条件项篇]/);
  if (said) return Number(said[1].replaceAll(',', ''));
  return page.locator('main a[href^="/documents/"]').count();
}

/** Narrows a list by one filter, whether it is offered as links or as a select in a form. */
async function narrow(page, filter) {
  const link = page.locator(`main a[href*="${filter}="]:not([aria-current])`).filter({ hasNotText: /^(全部|不限|清除)/ });
  for (const candidate of await link.all()) {
    const href = await candidate.getAttribute('href');
    const value = new URL(href, page.url()).searchParams.get(filter);
    if (!value || new URL(page.url()).searchParams.get(filter) === value || !(await candidate.isVisible())) continue;
    await Promise.all([page.waitForURL((url) => url.searchParams.get(filter) === value), candidate.click()]);
    return true;
  }
  const select = page.locator(`main select[name="${filter}"]`).first();
  if (!(await select.count())) return false;
  const values = await select.locator('option').evaluateAll((all) => all.map((o) => o.value).filter(Boolean));
  if (values.length === 0) return false;
  await select.selectOption(values[0]);
  const send = select.locator('xpath=ancestor::form').locator('button:not([type=button]), input[type=submit]').first();
  await Promise.all([page.waitForURL((url) => url.searchParams.get(filter) === values[0]), send.click()]);
  return true;
}

async function narrowCatalogue(page) {
  await page.goto('/catalogue');
  const all = await results(page);
  if (!(await narrow(page, 'organ'))) return ['the catalogue offers no organ to narrow by'];
  const byOrgan = await results(page);
  if (!(await narrow(page, 'year'))) return ['the catalogue offers no year to narrow by'];
  const both = await results(page);
  const faults = [];
  const kept = new URL(page.url()).searchParams;
  if (!kept.get('organ') || !kept.get('year')) faults.push(`the address does not hold both filters: ${page.url()}`);
  if (!(both > 0 && both <= byOrgan && byOrgan <= all)) faults.push(`narrowing gives ${all} → ${byOrgan} → ${both} records`);
  const again = await results(page);
  await page.reload();
  if ((await results(page)) !== again) faults.push('the same address shows another result');
  return faults;
}

async function pageThroughCatalogue(page) {
  await page.goto('/catalogue');
  const listed = () => page.locator('main a[href^="/documents/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const first = await listed();
  const next = page.locator('main a[rel="next"]').first();
  if (!(await next.count())) return ['the catalogue has no next page (a link with rel="next")'];
  await Promise.all([page.waitForURL(/page=2/), next.click()]);
  const second = await listed();
  const faults = [];
  const twice = second.filter((href) => first.includes(href));
  if (twice.length > 0) faults.push(`listed on both pages: ${twice.slice(0, 3).join(', ')}`);
  const back = page.locator('main a[rel="prev"]').first();
  if (!(await back.count())) return [...faults, 'the second page has no way back (a link with rel="prev")'];
  await Promise.all([page.waitForURL((url) => url.pathname === '/catalogue' && url.searchParams.get('page') !== '2'), back.click()]);
  if ((await listed()).join() !== first.join()) faults.push('the first page is another one when one comes back');
  return faults;
}

async function fruitlessSearch(page) {
  await page.goto('/');
  await search(page, '鑫飝靐龘');
  const faults = [];
  if ((await page.locator('main a[href^="/documents/"]').count()) > 0) faults.push('finds records for words that stand nowhere');
  if ((await page.locator(SEARCH).first().inputValue()) !== '鑫飝靐龘') faults.push('the field forgets what was asked');
  if ((await page.locator('main a[href^="/"]').count()) < 2) faults.push('an empty result leads nowhere');
  return faults;
}

async function missingPage(page, scripts) {
  const answer = await page.goto('/documents/99999999');
  const faults = [];
  if (answer.status() !== 404) faults.push(`a record that never was answers ${answer.status()}`);
  if (!(await page.locator(SEARCH).count())) faults.push('the missing page offers no search');
  if ((await page.locator('main a[href^="/"]').count()) < 2) faults.push('the missing page leads nowhere');
  // The rules run inside the page and need its timers.
  if (scripts) faults.push(...(await accessibility(page)));
  for (const odd of ['/columns/no-such-column', '/documents/abc', '/documents/1/versions/999', '/catalogue?page=99999', '/nowhere']) {
    const status = (await page.request.get(odd)).status();
    if (status >= 500) faults.push(`${odd} answers ${status}`);
  }
  return faults;
}

async function seniorMode(page) {
  await page.goto('/');
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main') ?? document.body).fontSize)).catch(() => null);
  const normal = await size();
  const on = page.locator('a[href*="/reading-mode?senior=1"]').first();
  if (!(await on.count())) return ['no way to the reading mode on the home page'];
  await Promise.all([page.waitForLoadState('load'), on.click()]);
  const faults = [];
  if (pathOf(page) !== '/') faults.push(`the switch leads to ${page.url()} instead of back`);
  const large = await size();
  if (normal && large && large < 22) faults.push(`the reading mode sets ${large} px (was ${normal} px)`);
  const off = page.locator('a[href*="/reading-mode?senior=0"]').first();
  if (!(await off.count())) return [...faults, 'no way out of the reading mode'];
  await Promise.all([page.waitForLoadState('load'), off.click()]);
  if (normal && (await size()) !== normal) faults.push('switching off does not restore the size');
  return faults;
}

async function statutoryRow(page) {
  const faults = [];
  for (const path of ['/disclosure-guide', '/catalogue', '/annual-reports', '/apply']) {
    await page.goto('/');
    const link = page.locator(`a[href="${path}"]`).first();
    if (!(await link.count())) {
      faults.push(`the home page has no link to ${path}`);
      continue;
    }
    await Promise.all([page.waitForURL(`**${path}`), link.click()]);
    if (!(await heading(page))) faults.push(`${path} has no heading`);
  }
  return faults;
}

/** Attachments come whole, under their name, and never as something a browser would run. */
async function downloads(tally, base, pages) {
  const paths = new Set(pages.flatMap((p) => p.links.filter((l) => /^\/documents\/\d+\/files\//.test(l))));
  await tally.run('attachments can be fetched', async () => {
    if (paths.size === 0) return ['the demonstration shows no attachment'];
    const faults = [];
    for (const path of [...paths].slice(0, 20)) {
      const answer = await fetch(new URL(path, base));
      const bytes = (await answer.arrayBuffer()).byteLength;
      const kind = answer.headers.get('content-type') ?? '';
      if (answer.status !== 200 || bytes === 0) faults.push(`${path}: ${answer.status}, ${bytes} bytes`);
      if (answer.headers.get('x-content-type-options') !== 'nosniff') faults.push(`${path}: no nosniff`);
      if (/html|javascript|svg/.test(kind) && !/attachment/.test(answer.headers.get('content-disposition') ?? '')) faults.push(`${path}: ${kind} shown in the browser`);
    }
    return faults;
  });
}
