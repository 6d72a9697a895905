// The pictures of the manual, taken from the demonstration: small, and of what the text beside them is about.
//   GONGKAI_BINARY=path node manual_pictures.mjs FOLDER
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launch, PHONE } from './browser.mjs';
import { atDesk } from './desk/staff.mjs';
import { startDemo } from './server.mjs';
import { firstLine } from './tally.mjs';

const SHOWN = { width: 1100, height: 700 };

// Name of the picture, who looks, the page, the link from it that is followed first (where there is one), the look.
const PICTURES = [
  ['home-officer', 'officer', '/desk'],
  ['columns', 'office', '/desk/columns'],
  ['editor', 'officer', '/desk/documents?state=draft', 'a[href$="/edit"]'],
  ['history', 'officer', '/desk/documents?state=draft', 'a[href$="/edit"]', 'a[href$="/history"]'],
  ['reviews', 'reviewer', '/desk/reviews'],
  ['case', 'reviewer', '/desk/reviews', 'main a[href^="/desk/reviews/"]'],
  ['messages', 'officer', '/desk/messages'],
  ['imports', 'office', '/desk/admin/imports'],
  ['staff', 'system', '/desk/admin/staff'],
  ['registers', 'office', '/desk/registers/finances'],
  ['annual-report', 'office', '/desk/annual-reports', 'main tbody th a'],
];

async function shoot(page, path, links, file) {
  const answer = await page.goto(path, { waitUntil: 'load' });
  if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
  for (const link of links) {
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(link).first().click({ timeout: 5_000 })]);
  }
  await page.screenshot({ path: file, animations: 'disabled' });
  console.log(`${file}: ${Math.round(statSync(file).size / 1024)} KiB`);
}

async function main() {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('usage: node manual_pictures.mjs FOLDER');
  mkdirSync(folder, { recursive: true });
  const server = await startDemo();
  const browser = await launch();
  const desks = new Map();
  const take = async (name, who, path, links = [], viewport = SHOWN) => {
    try {
      if (who && !desks.has(who)) desks.set(who, await atDesk(browser, server, who));
      const context = who ? desks.get(who) : await browser.newContext({ baseURL: server.url, locale: 'zh-CN' });
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      await shoot(page, path, links, join(folder, `${name}.png`));
      await page.close();
    } catch (error) {
      console.error(`${name}: ${firstLine(error)}`);
      process.exitCode = 1;
    }
  };
  try {
    await take('sign-in', null, '/desk/sign-in');
    for (const [name, who, path, ...links] of PICTURES) await take(name, who, path, links);
    await take('review-phone', 'reviewer', '/desk/reviews', ['main a[href^="/desk/reviews/"]'], PHONE);
  } finally {
    await browser.close();
    await server.stop();
  }
}

main().catch((error) => {
  console.error(`could not run: ${firstLine(error)}`);
  process.exitCode = 2;
});
