// Builds the front end into assets/dist: styles, script, icon. The server gives them addresses with the hash of their
// content. It fetches nothing and starts no server.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
// Bytes after brotli: a page must open on a slow line, the desk on an old machine.
const BUDGETS = { 'site.css': 12 * 1024, 'report.css': 5 * 1024, 'site.js': 4 * 1024, 'desk.css': 14 * 1024, 'desk.js': 8 * 1024, 'editor.js': 160 * 1024 };
// Browsers that public offices still run; esbuild rewrites what they cannot read.
const target = ['chrome80', 'firefox78', 'safari13'];

/** The colours of `reference/themes.toml` as a Sass module, so that a theme is written down once. */
function themeModule() {
  const text = readFileSync(join(here, '../reference/themes.toml'), 'utf8');
  const [top, ...blocks] = text.split('[[theme]]');
  const value = (block, key) => {
    const found = block.match(new RegExp(`^${key} = "([^"]+)"`, 'm'));
    if (!found) throw new Error(`reference/themes.toml: a theme lacks ${key}`);
    return found[1];
  };
  const rows = blocks.map((block) => `'${value(block, 'code')}': (main: ${value(block, 'main')}, night: ${value(block, 'on_dark')})`);
  return `$paper: ${value(top, 'paper')}; $paper-dark: ${value(top, 'dark_paper')}; $default: '${value(top, 'default_theme')}'; $themes: (${rows.join(', ')});`;
}

const themeImporter = {
  canonicalize: (url) => (url === 'reference:themes' ? new URL(url) : null),
  load: () => ({ contents: themeModule(), syntax: 'scss' }),
};
/** One sheet of `scss/`, small enough to be sent. */
async function sheet(name) {
  const compiled = sass.compile(join(here, `scss/${name}.scss`), { importers: [themeImporter] }).css;
  const style = await esbuild.transform(compiled, { loader: 'css', minify: true, target, charset: 'utf8' });
  return Buffer.from(style.code);
}

/** One script with everything it imports. */
async function script(entry) {
  const built = await esbuild.build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target,
    // Safari 13 reads it but for one rare case, which nothing here uses.
    supported: { destructuring: true },
    charset: 'utf8',
  });
  return Buffer.from(built.outputFiles[0].contents);
}

const files = {
  'site.css': await sheet('site'),
  'site.js': await script('js/site.js'),
  // Into the file of an annual report, which brings its own styles.
  'report.css': await sheet('report_file'),
  'desk.css': await sheet('desk'),
  'desk.js': await script('js/desk.js'),
  'editor.js': await script('js/editor/main.js'),
  'icon.svg': readFileSync(join(here, 'icons/icon.svg')),
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [name, bytes] of Object.entries(files)) {
  const weight = brotliCompressSync(bytes).length;
  writeFileSync(join(dist, name), bytes);
  console.log(`${name}: ${bytes.length} bytes, ${weight} with brotli`);
  if (weight > (BUDGETS[name] ?? Infinity)) {
    console.error(`${name} weighs ${weight} bytes with brotli; the budget is ${BUDGETS[name]}`);
    process.exitCode = 1;
  }
}
