// What officers do in the editor, step by step, for the journeys.

const STATUS = '[data-status]';

/** Begins a record of the first kind that the column takes; the editor is open then. */
export async function newRecord(page, column, title) {
  await page.goto('/desk');
  await page.locator('a.button[href="/desk/documents/new"]').click();
  await page.locator('.column-choices a', { hasText: new RegExp(`^${column}$`) }).click();
  await page.locator('#title').fill(title);
  await page.locator('main form button[type="submit"]').click();
  await ready(page);
}

export async function ready(page) {
  await page.waitForURL('**/desk/editions/*/edit');
  await page.locator('html.editing .rich-text').waitFor();
}

export async function fill(page, fields) {
  for (const [code, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${code}"]`).first();
    if ((await input.evaluate((node) => node.tagName)) === 'SELECT') await input.selectOption(value);
    else await input.fill(value);
  }
}

/** Waits until the server has everything. */
export async function saved(page) {
  await page.keyboard.press('Control+s');
  await page.waitForFunction((status) => /^已保存/.test(document.querySelector(status).textContent), STATUS);
}

/** What was found, as sentences; waits until the checks of the present text are there. */
export async function findings(page) {
  await page.waitForFunction(() => {
    const place = document.querySelector('[data-findings]');
    return place.getAttribute('aria-busy') !== 'true' && place.querySelector('.findings-count').textContent !== '';
  });
  return page.locator('.finding .finding-head').allInnerTexts();
}

export const finding = (page, words) => page.locator('.finding', { hasText: words });

/** Presses the one-click mend of a finding and waits until it is gone. */
export async function mend(page, words) {
  const found = finding(page, words).first();
  await found.waitFor();
  await found.locator('.inline-buttons .button').first().click();
  await page.waitForFunction((said) => ![...document.querySelectorAll('.finding')].some((one) => one.textContent.includes(said)), words);
}

/** Sends the record on its way; gives the address of its case. */
export async function submit(page) {
  await page.locator('button[formaction$="/submit"]').click();
  await page.waitForURL('**/desk/reviews/*');
  return new URL(page.url()).pathname;
}

export const body = (page) => page.locator('.rich-text').innerText();
