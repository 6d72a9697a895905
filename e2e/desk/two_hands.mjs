// Two people, or two tabs, on one draft: the second is told, sees what changed, and nothing is lost. And a session that
// ends while somebody types.
import { complaints } from '../rules.mjs';
import { atDesk, fillSignIn } from './staff.mjs';
import { body, fill, newRecord, ready, saved } from './writing.mjs';

/** A draft with one paragraph that stays and one that both will change. */
async function draft(page) {
  await newRecord(page, '通知公告', `关于图书馆开放时间的通知（演示${Date.now() % 100_000}）`);
  await fill(page, { summary: '告知图书馆开放时间。' });
  await page.locator('.rich-text').click();
  await page.keyboard.type('图书馆冬季开放时间调整如下。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('每周二闭馆。');
  await saved(page);
  return new URL(page.url()).pathname;
}

async function typeAtEnd(page, number, words) {
  await page.locator('.rich-text p').nth(number).click();
  await page.keyboard.press('End');
  await page.keyboard.type(words);
}

export async function twoPeople(browser, server) {
  const faults = [];
  const first = await atDesk(browser, server, 'officer');
  const second = await atDesk(browser, server, 'second');
  const one = await first.newPage();
  const path = await draft(one);
  const other = await second.newPage();
  await other.goto(path);
  await ready(other);
  const told = other.locator('[data-notice="presence"]');
  await told.waitFor({ timeout: 40_000 }).catch(() => faults.push('the second is not told that somebody else has the draft open'));
  if ((await told.count()) > 0 && !(await told.innerText()).includes('演示信息员甲')) faults.push('the second is not told who');

  await typeAtEnd(one, 0, '甲写的一句。');
  await saved(one);
  await typeAtEnd(other, 1, '乙写的一句。');
  await other.keyboard.press('Control+s');
  await settleBoth(other, '演示信息员甲', faults);
  await one.goto(path);
  await ready(one);
  const text = await body(one);
  for (const words of ['甲写的一句。', '乙写的一句。']) if (!text.includes(words)) faults.push(`lost: ${words}`);
  await first.close();
  await second.close();
  return faults;
}

/** The panel of the conflict: who, what; both passages are kept. */
async function settleBoth(page, who, faults) {
  const panel = page.locator('section.conflict');
  await panel.waitFor();
  const said = await panel.innerText();
  if (!said.includes(who)) faults.push(`the conflict does not say who: ${said.slice(0, 120)}`);
  if (!said.includes('正文')) faults.push('the conflict does not say what was changed');
  if ((await panel.locator('del, ins').count()) === 0) faults.push('the conflict does not show the changed passages');
  await panel.getByRole('button', { name: '逐段合并' }).click();
  await panel.getByRole('button', { name: '完成合并' }).click();
  await panel.waitFor({ state: 'detached' });
  await saved(page);
  const text = await body(page);
  for (const words of ['甲写的一句。', '乙写的一句。']) if (!text.includes(words)) faults.push(`not in the merged text: ${words}`);
}

export async function twoTabs(browser, server) {
  const faults = [];
  const context = await atDesk(browser, server, 'officer');
  const one = await context.newPage();
  const path = await draft(one);
  const other = await context.newPage();
  await other.goto(path);
  await ready(other);
  await typeAtEnd(one, 0, '甲写的一句。');
  await saved(one);
  await typeAtEnd(other, 1, '乙写的一句。');
  await other.keyboard.press('Control+s');
  await settleBoth(other, '演示信息员甲', faults);
  await context.close();
  return faults;
}

export async function sessionEnds(browser, server) {
  const faults = [];
  const context = await atDesk(browser, server, 'officer');
  const page = await context.newPage();
  const heard = complaints(page);
  await draft(page);
  await endFromElsewhere(browser, server, faults);
  await typeAtEnd(page, 0, '会话失效以后写的一句。');
  const notice = page.locator('[data-notice="signed-out"]');
  await notice.waitFor();
  const [popup] = await Promise.all([context.waitForEvent('page'), notice.locator('a').click()]);
  await popup.waitForLoadState();
  await fillSignIn(popup, 'officer', server);
  await typeAtEnd(page, 1, '登录时又写的一句。');
  await popup.close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  await page.reload();
  await ready(page);
  const text = await body(page);
  for (const words of ['会话失效以后写的一句。', '登录时又写的一句。']) if (!text.includes(words)) faults.push(`lost: ${words}`);
  await context.close();
  // That saving was refused without a session is what this is about.
  return [...faults, ...heard().filter((said) => !said.startsWith('401') && !/status of 401/.test(said))];
}

/** The same person at another machine ends all other sessions. */
async function endFromElsewhere(browser, server, faults) {
  const elsewhere = await atDesk(browser, server, 'officer');
  const page = await elsewhere.newPage();
  await page.goto('/desk/account');
  const button = page.locator('form[action="/desk/account/sessions"] button', { hasText: '其他' });
  if ((await button.count()) === 0) faults.push('the account page cannot end all other sessions');
  else {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await button.first().click({ noWaitAfter: true });
    await answered;
  }
  await elsewhere.close();
}
