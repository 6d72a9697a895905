// Debian's Chromium with the settings a closed network and a fixed picture need. Knows no page.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium (or name it in CHROMIUM)');
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none', '--disable-dev-shm-usage'];
  // Chromium's own sandbox does not start for root.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath, headless: true, args });
}

export const WIDE = { width: 1440, height: 900 };
export const TABLET = { width: 768, height: 1024 };
export const PHONE = { width: 375, height: 812 };

/** A reader's browser: `senior` and `dark` as the reader would have set them. */
export async function reader(browser, base, { viewport = WIDE, dark = false, senior = false, scripts = true } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(45_000);
  if (senior) {
    const page = await context.newPage();
    await page.goto('/reading-mode?senior=1&return=/');
    await page.close();
  }
  return context;
}
