// Staff of the demonstration at the desk: who there is, and how they sign in as people do.
import { reader, WIDE } from '../browser.mjs';

const PASSWORD = 'Yanshi-2026';

/** Logins by what they do; one of each is enough to meet every page of the desk. */
export const STAFF = {
  officer: 'zf-xinxi',
  second: 'zf-xinxi2',
  reviewer: 'zf-shenhe',
  secrecy: 'zf-baomi',
  signer: 'zf-qianfa',
  office: 'gongkai',
  supervision: 'duban',
  system: 'xitong',
  security: 'anquan',
  audit: 'shenji',
};
const WITH_CODE = ['signer', 'system', 'security', 'audit'];

/** Whether the person needs a code that only a server of our own can show. */
export const needsCode = (who) => WITH_CODE.includes(who);

/** A browser in which somebody of staff is signed in. */
export async function atDesk(browser, server, who, { viewport = WIDE, scripts = true } = {}) {
  const context = await reader(browser, server.url, { viewport, scripts });
  const page = await context.newPage();
  await page.goto('/desk');
  await fillSignIn(page, who, server);
  await page.close();
  return context;
}

/** Fills the sign-in page that is open, and the second step where there is one. */
export async function fillSignIn(page, who, server) {
  await page.locator('input[name="login"]').fill(STAFF[who]);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main form button[type="submit"], main form button:not([type])').first().click();
  if (needsCode(who)) {
    await page.waitForURL('**/desk/sign-in/code*');
    await page.locator('input[name="code"]').fill(server.code(STAFF[who]));
    await page.locator('main form button[type="submit"], main form button:not([type])').first().click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/desk/sign-in'));
}
