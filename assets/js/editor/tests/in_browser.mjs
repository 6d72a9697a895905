// Chromium for the tests that need a document: modules of the editor are bundled and put into an empty page.
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import * as esbuild from 'esbuild';
import { launch } from '../../../../e2e/browser.mjs';
import { startBackend } from './backend.mjs';

const editor = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A browser with the stand-in server: `{ backend, page(options), close }`. */
export async function openBrowser() {
  const backend = await startBackend();
  const browser = await launch();
  const page = async ({ width = 1440, height = 900, path, scripts = true } = {}) => {
    const context = await browser.newContext({ baseURL: backend.url, viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled: scripts, reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const made = await context.newPage();
    made.faults = [];
    made.on('pageerror', (error) => made.faults.push(error.message));
    made.on('console', (message) => /Content Security Policy/.test(message.text()) && made.faults.push(message.text()));
    if (path) await made.goto(path);
    return made;
  };
  const close = async () => {
    await browser.close();
    await backend.close();
  };
  return { backend, page, close };
}

/** Puts exports of modules into the page as `window[name]`. */
export async function expose(page, name, entry) {
  const built = await esbuild.build({ entryPoints: [join(editor, entry)], bundle: true, write: false, format: 'iife', globalName: 'exposed', target: 'chrome80' });
  await page.evaluate(`${built.outputFiles[0].text}; window[${JSON.stringify(name)}] = exposed;`);
}
