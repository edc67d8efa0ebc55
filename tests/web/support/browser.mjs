// Chromium, and what is watched for on every page it opens.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** A browser that talks to nobody but the pages under test; `more` are switches of its own. */
export function launch(more = []) {
  if (!executablePath) throw new Error('There is no Chromium on this machine. scripts/test installs it; or set CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...more,
    ],
  });
}

/** Motion is off: a page is looked at when it has come to rest. */
export const still = { reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } };

/**
 * Notes everything a page must not do: requests that leave `homes`, errors and warnings in the console (a breach of
 * the Content-Security-Policy is one), scripts that fail, files that do not load. `take()` gives the notes and forgets them.
 */
export async function watch(page, ...homes) {
  let notes = [];
  const own = (url) => ['data:', ...homes].some((home) => url.startsWith(home));
  page.on('request', (request) => { if (!own(request.url())) notes.push(`asks another host: ${request.url()}`); });
  page.on('websocket', (socket) => notes.push(`opens a socket: ${socket.url()}`));
  page.on('requestfailed', (request) => notes.push(`does not load: ${request.url()} (${request.failure()?.errorText})`));
  page.on('response', (response) => { if (response.status() >= 400) notes.push(`answers ${response.status()}: ${response.url()}`); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) notes.push(`console ${message.type()}: ${message.text()}`); });
  page.on('pageerror', (error) => notes.push(`script error: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy breach: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return { take() { const taken = notes; notes = []; return taken; } };
}

/** Runs `work(item, worker)` over all items with a few workers, each made by `open()`. */
export async function pool(items, count, open, work) {
  const queue = [...items];
  await Promise.all(Array.from({ length: Math.min(count, queue.length) }, async () => {
    const worker = await open();
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, worker);
    await worker.close?.();
  }));
}
