// Every page of the guide, in every language, in a real browser over http:
// - axe-core (WCAG 2.2 AA and best practices) at 320, 768 and 1280 px, light and dark: all six on every page;
// - nothing wider than the window at any of the three, and at 320 px also with the text spacing of WCAG 1.4.12;
// - no request to another host, nothing in the console, no breach of the page's policy, no cookie, nothing stored.
// A page is loaded once; window and colors change while it is open. The walk is done first and its findings are
// then asserted one by one, so that one run tells everything.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { guide, pages, sample } from './support/guide.mjs';
import { launch, pool, still, watch } from './support/browser.mjs';
import { inject, violations } from './support/axe.mjs';
import { clipped, overflow, spacing } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';

const widths = [320, 768, 1280];
const schemes = ['light', 'dark'];

async function walk(browser, server, list) {
  const faults = { axe: new Faults(), wide: new Faults(), spaced: new Faults(), quiet: new Faults(), policy: new Faults() };
  let runs = 0;
  const open = async () => {
    const context = await browser.newContext(still);
    const page = await context.newPage();
    return { context, page, notes: await watch(page, server.origin), close: () => context.close() };
  };
  await pool(list, 3, open, async (file, { context, page, notes }) => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    const answer = await page.goto(server.url(file), { waitUntil: 'load' });
    assert.equal(answer.status(), 200, file);
    await inject(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        faults.axe.addAll(`${file} at ${width} ${colorScheme}`, await violations(page));
        runs++;
      }
      faults.wide.addAll(`${file} at ${width}`, await overflow(page));
      if (width === 320) {
        await spacing(page, true);
        faults.spaced.addAll(file, [...await overflow(page), ...await clipped(page)]);
        await spacing(page, false);
      }
    }
    const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content);
    if (!policy) faults.policy.add(file, 'has no Content-Security-Policy');
    else {
      if (!/default-src 'none'/.test(policy)) faults.policy.add(file, `policy is open: ${policy}`);
      if (/unsafe-|https?:|\*/.test(policy)) faults.policy.add(file, `policy lets too much in: ${policy}`);
    }
    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + (document.cookie ? 1 : 0));
    if (kept || (await context.cookies()).length) faults.quiet.add(file, 'stores something in the browser');
    faults.quiet.addAll(file, notes.take());
  });
  return { faults, runs };
}

/** The largest first, so that no worker ends with a long page alone. */
const bySize = (root) => pages(root).sort((a, b) => statSync(join(root, b)).size - statSync(join(root, a)).size);

for (const [name, root] of [['guide', guide], ['sample of every component', sample]]) {
  const list = bySize(root);
  let browser, server, found;

  before(async () => {
    browser = await launch();
    server = await serve(root);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test(`${name}: all ${list.length} pages open`, async () => {
    const start = Date.now();
    found = await walk(browser, server, list);
    console.log(`# ${name}: ${list.length} pages, ${found.runs} axe runs, ${Math.round((Date.now() - start) / 1000)} s`);
    assert.equal(found.runs, list.length * widths.length * schemes.length);
  });
  test(`${name}: axe finds nothing at ${widths.join(', ')} px, light and dark`, () => found.faults.axe.check('axe-core found violations:'));
  test(`${name}: nothing is wider than the window`, () => found.faults.wide.check('Wider than the window:'));
  test(`${name}: text spacing fits at 320 px`, () => found.faults.spaced.check('With WCAG 1.4.12 text spacing at 320 px:'));
  test(`${name}: no other host, a quiet console, nothing stored`, () => found.faults.quiet.check('A page must only load its own files and be quiet:'));
  test(`${name}: every page has a strict policy`, () => found.faults.policy.check('Content-Security-Policy:'));
}

test('the watch sees what it looks for', async () => {
  const bad = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src http:">
    <title>x</title><p style="width:900px">wide</p><img src="http://127.0.0.2:9/x.png"><script>alert(1)</script>`;
  const server = await serve(guide, { extra: { '/bad.html': bad } });
  const browser = await launch();
  try {
    const page = await browser.newPage({ ...still, viewport: { width: 320, height: 600 } });
    const notes = await watch(page, server.origin);
    await page.goto(`${server.origin}/bad.html`);
    const seen = notes.take().join('\n');
    assert.match(seen, /asks another host: http:\/\/127\.0\.0\.2:9\/x\.png/);
    assert.match(seen, /script-src/);
    assert.match(seen, /style-src/);
    await page.setContent('<!doctype html><p style="width:900px">wide</p><img src="data:,">');
    assert.ok((await overflow(page)).length >= 2);
    await inject(page);
    assert.ok((await violations(page)).some((v) => v.startsWith('image-alt')));
  } finally {
    await browser.close();
    await server.close();
  }
});
