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
const BUDGET = 12 * 1024; // bytes of site.css after brotli; a page must open on a slow line
// Browsers that public offices still run; esbuild rewrites what they cannot read.
const target = ['chrome80', 'firefox78', 'safari13'];

const compiled = sass.compile(join(here, 'scss/site.scss')).css;
const style = await esbuild.transform(compiled, { loader: 'css', minify: true, target, charset: 'utf8' });
const script = await esbuild.build({
  entryPoints: [join(here, 'js/site.js')],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target,
  charset: 'utf8',
});

const files = {
  'site.css': Buffer.from(style.code),
  'site.js': Buffer.from(script.outputFiles[0].contents),
  'icon.svg': readFileSync(join(here, 'icons/icon.svg')),
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [name, bytes] of Object.entries(files)) {
  writeFileSync(join(dist, name), bytes);
  console.log(`${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} with brotli`);
}

const weight = brotliCompressSync(files['site.css']).length;
if (weight > BUDGET) {
  console.error(`site.css weighs ${weight} bytes with brotli; the budget is ${BUDGET}`);
  process.exit(1);
}
