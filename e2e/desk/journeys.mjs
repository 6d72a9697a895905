// What staff come to the desk for, walked as they walk it.
import { complaints } from '../rules.mjs';
import { Tally } from '../tally.mjs';
import { firstRecord } from './first_record.mjs';
import { atDesk, fillSignIn } from './staff.mjs';
import { sessionEnds, twoPeople, twoTabs } from './two_hands.mjs';

export async function deskJourneys(browser, server) {
  const tally = new Tally('desk: journeys');
  await tally.run('a session is ended by signing out, also for a page that is still open', () => signOut(browser, server));
  await tally.run('signing in leads back to the page that was asked for', () => signInLeadsBack(browser, server));
  await tally.run('the manual is read from the page it helps with, without scripts', () => manual(browser, server));
  await tally.run('an officer’s first record: pasted from Word, mended, returned on a phone, corrected, reviewed, signed, live within a second, each step once', () => firstRecord(browser, server));
  await tally.run('two people on one draft: the second is told, sees what changed, nothing is lost', () => twoPeople(browser, server));
  await tally.run('two tabs of one person on one draft: nothing is lost', () => twoTabs(browser, server));
  await tally.run('a session that ends while somebody types loses nothing', () => sessionEnds(browser, server));
  tally.close();
  return tally;
}

async function signOut(browser, server) {
  const context = await atDesk(browser, server, 'officer');
  const page = await context.newPage();
  const other = await context.newPage();
  const heard = complaints(page);
  await page.goto('/desk');
  await other.goto('/desk/account');
  await page.locator('form[action="/desk/sign-out"] button').click();
  await page.waitForURL('**/desk/sign-in*');
  const faults = [];
  await other.reload();
  if (!other.url().includes('/desk/sign-in')) faults.push(`the other tab still shows ${other.url()}`);
  await page.goBack();
  await page.reload();
  if (!page.url().includes('/desk/sign-in')) faults.push(`going back shows ${page.url()}`);
  await context.close();
  return [...faults, ...heard()];
}

async function signInLeadsBack(browser, server) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto('/desk/columns');
  await fillSignIn(page, 'officer', server);
  const faults = page.url().endsWith('/desk/columns') ? [] : [`signing in leads to ${page.url()}`];
  await context.close();
  return faults;
}

async function manual(browser, server) {
  const context = await atDesk(browser, server, 'officer', { scripts: false });
  const page = await context.newPage();
  await page.goto('/desk');
  const help = page.locator('.ways-foot a[href^="/desk/manual"]').first();
  const faults = [];
  await help.click();
  if (!(await page.locator('main h1').innerText()).trim()) faults.push('the page of the manual has no heading');
  await page.goto('/desk/manual');
  for (const link of await page.locator('main a[href^="/desk/manual/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    const answer = await page.request.get(link);
    if (answer.status() !== 200) faults.push(`${link} answers ${answer.status()}`);
  }
  await context.close();
  return faults;
}
