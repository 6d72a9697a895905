// Pictures of every page type, for eyes: three widths, reading mode, dark, and as printed.
//   GONGKAI_BINARY=path node screenshots.mjs FOLDER [TYPE…]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, PHONE, reader, TABLET, WIDE } from './browser.mjs';
import { crawl, samples } from './crawl.mjs';
import { startDemo } from './server.mjs';
import { firstLine } from './tally.mjs';

const LOOKS = [
  { name: '1440', viewport: WIDE },
  { name: '768', viewport: TABLET },
  { name: '375', viewport: PHONE },
  { name: 'senior-1440', viewport: WIDE, senior: true },
  { name: 'senior-375', viewport: PHONE, senior: true },
  { name: 'dark-1440', viewport: WIDE, dark: true },
  { name: 'dark-375', viewport: PHONE, dark: true },
  { name: 'print', viewport: { width: 794, height: 1123 }, paper: true },
];
// Very long pages are cut here: nobody looks at more.
const TALLEST = 6_000;

const [folder, ...wanted] = process.argv.slice(2);

async function shoot(context, sample, look, file) {
  const page = await context.newPage();
  try {
    await page.goto(sample.path, { waitUntil: 'load' });
    if (look.paper) await page.emulateMedia({ media: 'print' });
    const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: look.viewport.width, height: Math.max(height, 200) } });
  } finally {
    await page.close();
  }
}

async function main() {
  if (!folder) throw new Error('usage: node screenshots.mjs FOLDER [TYPE…]');
  mkdirSync(folder, { recursive: true });
  const server = await startDemo();
  const browser = await launch();
  try {
    const site = await crawl(server.url);
    const chosen = samples([...site.pages, { path: '/documents/99999999', type: 'missing', html: '' }], 2);
    for (const look of LOOKS) {
      const context = await reader(browser, server.url, look);
      for (const [type, pages] of chosen) {
        if (wanted.length > 0 && !wanted.includes(type)) continue;
        for (const [i, sample] of pages.entries()) {
          const name = `${type.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}${i > 0 ? `-${i + 1}` : ''}-${look.name}.png`;
          await shoot(context, sample, look, join(folder, name)).catch((error) => console.error(`${name}: ${firstLine(error)}`));
        }
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`pictures are in ${folder}`);
}

main().catch((error) => {
  console.error(`could not run: ${firstLine(error)}`);
  process.exitCode = 2;
});
