// HTML validity by the W3C's checker: one run of Java for all pages. Fetches nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const MOST_PER_TYPE = 15;

export function checkValidity(tally, pages) {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-html-'));
  try {
    const files = write(folder, pages);
    const messages = checker(folder);
    for (const [file, page] of files) {
      const own = messages.filter((m) => m.url?.endsWith(`/${file}`) && m.type === 'error');
      tally.check(`valid HTML: ${page.path}`, own.map((m) => `${m.lastLine}: ${m.message} — ${(m.extract ?? '').replace(/\s+/g, ' ').slice(0, 120)}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder, pages) {
  mkdirSync(folder, { recursive: true });
  const counts = new Map();
  const files = new Map();
  for (const page of pages) {
    const count = counts.get(page.type) ?? 0;
    if (count >= MOST_PER_TYPE) continue;
    counts.set(page.type, count + 1);
    const file = `${String(files.size).padStart(4, '0')}.html`;
    writeFileSync(join(folder, file), page.html);
    files.set(file, page);
  }
  return files;
}

function checker(folder) {
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
  const run = spawnSync('java', ['-jar', jar, '--format', 'json', '--exit-zero-always', '--skip-non-html', folder], { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (run.error) throw new Error(`Java is missing: apt-get install default-jre-headless (${run.error.message})`);
  // The checker writes its report to standard error.
  const report = run.stderr.slice(run.stderr.indexOf('{'));
  return JSON.parse(report).messages;
}
