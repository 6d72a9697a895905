// An officer's first record, from signing in to the portal, with everybody who must have a part in it; and that a second
// click never does anything twice.
import { PHONE } from '../browser.mjs';
import { accessibility, complaints, overflow } from '../rules.mjs';
import { atDesk } from './staff.mjs';
import { paste, wordPage } from './word_page.mjs';
import { fill, finding, findings, mend, newRecord, ready, saved, submit } from './writing.mjs';

const LIVE_WITHIN_MS = 1_000;
const RETURN_REASON = '请写明哪一天开始值守';

export async function firstRecord(browser, server) {
  const title = `关于冬季供水网点值守安排的公告（演示${Date.now() % 100_000}）`;
  const faults = [];
  const officer = await atDesk(browser, server, 'officer');
  const page = await officer.newPage();
  const heard = complaints(page);

  await write(page, title, faults);
  const address = await submit(page);
  await returnOnPhone(browser, server, { title, address }, faults);
  await correct(page, title, faults);
  await approve(browser, server, address, 'reviewer', faults);
  await passSecrecy(browser, server, address, faults);
  await signAndPublish(browser, server, { title, address }, faults);
  await officer.close();
  return [...faults, ...heard()];
}

async function write(page, title, faults) {
  await newRecord(page, '通知公告', title);
  await fill(page, { summary: '公布冬季各供水网点的值守时间，便于居民就近反映。', keywords: '供水 值守' });
  await paste(page, wordPage());
  await page.locator('.rich-text .picture img').first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.rich-text .picture img')].every((img) => img.complete && img.naturalWidth > 0));
  const markup = await page.locator('.rich-text').innerHTML();
  if (/mso|Mso|<o:|windowtext|file:/.test(markup)) faults.push('markup of Word is left in the text');
  if ((await page.locator('.rich-text table tr').count()) !== 3) faults.push('the table of Word did not come along');
  await saved(page);

  await finding(page, '布署').first().waitFor();
  const found = await findings(page);
  for (const words of ['布署', '表格没有表头', '半角标点', '图片没有替代文字']) {
    if (!found.some((sentence) => sentence.includes(words))) faults.push(`not found while writing: ${words} (found: ${found.join('；')})`);
  }
  await mend(page, '布署');
  await mend(page, '表格没有表头');
  await mend(page, '半角标点');
  await describePicture(page);
  if ((await page.locator('.rich-text th').count()) !== 2) faults.push('the first row of the table did not become its head');
  if (!(await page.locator('.rich-text').innerText()).includes('部署')) faults.push('the wrong word was not replaced');
  await saved(page);
}

async function describePicture(page) {
  await finding(page, '图片没有替代文字').getByRole('button', { name: '写图片说明' }).click();
  await page.getByRole('group', { name: '图片说明' }).locator('input').fill('供水网点标志牌样式');
  await page.keyboard.press('Enter');
  await finding(page, '图片没有替代文字').waitFor({ state: 'detached' });
}

async function returnOnPhone(browser, server, { title, address }, faults) {
  const context = await atDesk(browser, server, 'reviewer', { viewport: PHONE });
  const page = await context.newPage();
  const heard = complaints(page);
  await page.goto('/desk');
  await page.locator('a.todo-title', { hasText: title }).click();
  await page.waitForURL(`**${address}`);
  faults.push(...(await overflow(page)), ...(await accessibility(page)));
  await page.locator('a.button[href="#decide"]').click();
  const form = page.locator('details.return').first();
  await form.locator('summary').first().click();
  await form.locator('textarea[name="reason"]').fill(RETURN_REASON);
  await form.locator('details.mark-places > summary').click();
  await form.locator('input[name="mark"][value="1"]').check();
  await form.locator('input[name="mark-1"]').fill('在这里写明日期');
  await form.locator('button.danger').click();
  const history = page.locator('.history', { hasText: RETURN_REASON });
  await history.waitFor().catch(() => faults.push('the return is not shown in the history'));
  faults.push(...heard());
  await context.close();
}

async function correct(page, title, faults) {
  await page.goto('/desk');
  await page.locator('section[aria-labelledby="waiting"] a.todo-title', { hasText: title }).click();
  await ready(page);
  const shown = await page.locator('main').innerText();
  for (const words of [RETURN_REASON, '在这里写明日期']) {
    if (!shown.includes(words)) faults.push(`the officer does not see in the editor: ${words}`);
  }
  await page.locator('.rich-text p').first().click();
  await page.keyboard.press('End');
  await page.keyboard.type('值守自十二月一日起。');
  await saved(page);
  await submit(page);
}

/** Presses twice as a hasty hand does; returns when every form that this sent was answered, or given up by the browser. */
async function pressTwice(page, button) {
  let sent = 0;
  let open = 0;
  const isForm = (request) => request.method() === 'POST' && request.isNavigationRequest();
  page.on('request', (request) => isForm(request) && (sent++, open++));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => isForm(request) && open--);
  await button.dblclick({ noWaitAfter: true });
  // A second form takes the place of the first: between the two nothing is open for a moment.
  for (let quiet = 0; quiet < 3; quiet = sent > 0 && open === 0 ? quiet + 1 : 0) await page.waitForTimeout(50);
}

async function approve(browser, server, address, who, faults) {
  const context = await atDesk(browser, server, who);
  const page = await context.newPage();
  await page.goto(address);
  if (!(await page.locator('main').innerText()).includes('值守自十二月一日起')) faults.push(`${who} does not see the corrected text`);
  await pressTwice(page, page.locator('form[action$="/approve"] button.button').first());
  await onlyOnce(context, address, '通过', '演示审核员甲', faults);
  await context.close();
}

/** That the history of the case has exactly one line of this deed by this person. Read on a page of its own: the one where
 *  a button was pressed may still be on its way to where the answer leads it. */
async function onlyOnce(context, address, deed, person, faults) {
  const page = await context.newPage();
  await page.goto(address);
  const lines = await page.locator('.history > li > p:first-child').allInnerTexts();
  const same = lines.filter((line) => line.includes(deed) && line.includes(person));
  if (same.length !== 1) faults.push(`${deed} by ${person} stands ${same.length} times in the history: ${lines.join(' | ')}`);
  await page.close();
}

async function passSecrecy(browser, server, address, faults) {
  const context = await atDesk(browser, server, 'secrecy');
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('#opinion').fill('不涉及国家秘密和工作秘密，可以公开。');
  await page.locator('input[name="basis"][value="no_secret"]').check();
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.locator('button[name="verdict"][value="pass"]').click({ noWaitAfter: true });
  await answered;
  await onlyOnce(context, address, '通过', '演示保密审查员甲', faults);
  await context.close();
}

async function signAndPublish(browser, server, { title, address }, faults) {
  const context = await atDesk(browser, server, 'signer');
  const signing = await context.newPage();
  await signing.goto(address);
  await pressTwice(signing, signing.locator('form[action$="/approve"] button.button').first());
  const page = await context.newPage();
  await page.goto(address);

  const form = page.locator('form[action$="/publish"]');
  const fields = await form.locator('input[name]').evaluateAll((all) => Object.fromEntries(all.map((input) => [input.name, input.value])));
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/publish') && answer.request().method() === 'POST');
  await form.locator('button').first().click({ noWaitAfter: true });
  const answer = await answered;
  const at = Date.now();
  if (answer.status() >= 400) faults.push(`publishing answers ${answer.status()}`);
  const waited = await live(server, title, at);
  if (waited === null) faults.push(`not live ${LIVE_WITHIN_MS} ms after it was published`);
  // The same form again, as a second tab would send it, and once more beside it.
  const again = await Promise.all([1, 2].map(() => context.request.post(`${address}/publish`, { form: fields, maxRedirects: 0 })));
  for (const one of again) if (one.status() >= 400) faults.push(`publishing once more answers ${one.status()}`);
  await onlyOnce(context, address, '发布', '演示签发人甲', faults);
  await onPortal(context, title, faults);
  await context.close();
}

/** Milliseconds until the column shows the record; null when it takes longer than promised. */
async function live(server, title, from) {
  for (;;) {
    const listed = await fetch(`${server.url}/columns/announcements`);
    const html = await listed.text();
    const now = Date.now();
    if (html.includes(title)) return now - from;
    if (now - from > LIVE_WITHIN_MS) return null;
  }
}

async function onPortal(context, title, faults) {
  const page = await context.newPage();
  const heard = complaints(page);
  await page.goto('/columns/announcements');
  await page.getByRole('link', { name: title }).first().click();
  await page.locator('main table th').first().waitFor();
  const heads = await page.locator('main table th').allInnerTexts();
  if (heads.map((head) => head.trim()).join() !== '网点,值守时间') faults.push(`the table on the portal has the head ${heads.join()}`);
  const pictures = await page.locator('main img[alt="供水网点标志牌样式"]').evaluateAll((all) => all.map((img) => img.naturalWidth));
  if (pictures.join() !== '96') faults.push(`the picture on the portal: ${pictures.join() || 'none'}`);
  if ((await page.getByText(title).count()) === 0) faults.push('the record has not its title');
  faults.push(...heard());
  await page.close();
}
