// Looks at every rendered sample page: HTML validity, accessibility rules, nothing wider than the screen.
// Usage: node assets/check-samples.mjs FOLDER   (the folder that `GONGKAI_SAMPLES_DIR` named)
// It checks pages, not behaviour; journeys through the running product are in e2e/.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const folder = process.argv[2];
if (!folder || !existsSync(folder)) {
  console.error('the folder of rendered samples is missing: set GONGKAI_SAMPLES_DIR and run the test every_page_renders_its_sample');
  process.exit(2);
}

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'";
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8' };
const MODES = [
  { width: 1440, scheme: 'light', senior: false },
  { width: 768, scheme: 'light', senior: false },
  { width: 375, scheme: 'dark', senior: false },
  { width: 1440, scheme: 'dark', senior: true },
  { width: 375, scheme: 'light', senior: true },
];

const assets = readdirSync(join(here, 'dist'));
const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
const faults = [];

/** A sample page, in senior mode if asked, or a front-end file. */
function answer(request, response) {
  const address = new URL(request.url, 'http://localhost');
  const name = basename(address.pathname);
  const file = assets.includes(name) ? join(here, 'dist', name) : join(folder, name);
  if (name === 'qr.svg') return response.writeHead(200, { 'content-type': TYPES['.svg'] }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  if (!existsSync(file)) return response.writeHead(404).end();
  let body = readFileSync(file, 'utf8');
  if (address.searchParams.has('senior')) body = body.replace('<html lang="zh-CN"', '<html lang="zh-CN" class="senior"');
  return response.writeHead(200, { 'content-type': TYPES[extname(name)], 'content-security-policy': POLICY }).end(body);
}

/** Opens one page in one mode and notes what is wrong with it. */
async function look(tab, port, page, mode) {
  const where = `${page} ${mode.width} px ${mode.scheme}${mode.senior ? ' senior' : ''}`;
  await tab.goto(`http://127.0.0.1:${port}/${page}${mode.senior ? '?senior' : ''}`);
  const spill = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (spill > 0) faults.push(`${where}: ${spill} px wider than the screen`);
  await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  const found = await tab.evaluate((rules) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: rules } }), RULES);
  for (const fault of found.violations) faults.push(`${where}: ${fault.id}, ${fault.help}: ${fault.nodes[0].html}`);
}

const server = createServer(answer).listen(0, '127.0.0.1');
await new Promise((ready) => { server.once('listening', ready); });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
for (const mode of MODES) {
  const context = await browser.newContext({ viewport: { width: mode.width, height: 900 }, colorScheme: mode.scheme });
  await context.addInitScript(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const tab = await context.newPage();
  tab.on('console', (line) => { if (line.type() === 'error') faults.push(`${tab.url()}: ${line.text()}`); });
  for (const page of pages) await look(tab, server.address().port, page, mode);
  await context.close();
}
await browser.close();
server.close();

try {
  execFileSync('java', ['-jar', require('vnu-jar'), '--errors-only', ...pages.map((page) => join(folder, page))], { stdio: 'pipe' });
} catch (error) {
  faults.push(`HTML is not valid:\n${error.stderr ?? error.message}`);
}

console.log(`${pages.length} pages in ${MODES.length} modes, ${faults.length} faults`);
for (const fault of faults) console.error(fault);
process.exit(faults.length || pages.length === 0 ? 1 : 0);
