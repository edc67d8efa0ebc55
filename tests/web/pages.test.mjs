// Pages of the guide, in every language, in a real browser, over http and from disk (file://). The gate takes those that
// `sampled` names, every page of the sample and of the blank guide, and of the handbook on special education those that are its own; FULL=1 takes every page
// (to be run before a release):
// - axe-core (WCAG 2.2 AA and best practices) at 320, 768 and 1280 px, light and dark: all six on a page, and on
//   a ready-made choice of the finder one of the six in turn (FULL=1: all six);
// - nothing wider than the window at any of the three, and at 320 px also with the text spacing of WCAG 1.4.12;
// - no request to another host, nothing in the console, no breach of the page's policy, no cookie, nothing stored.
// From disk a page must load as quietly, and be the same to the pixel and the color (at the last width, in dark); then
// what axe said holds there too, and axe itself looks at one page of each template, by all rules.
// A page is loaded once for all widths and schemes; window and colors change while it is open. support/axe.mjs tells
// which rules it need not run again; FULL=1 runs all of them at every width and scheme. The walk is done first and its
// findings are then asserted one by one, so that one run tells everything.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { blank, fileUrl, guide, handbook, oneOfEach, ownPages, sample, sampled, shown, template } from './support/guide.mjs';
import { launch, pool, still, watch } from './support/browser.mjs';
import { Matrix, inject, violations } from './support/axe.mjs';
import { clipped, narrow, overflow, shape, spacing } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';

const widths = [320, 768, 1280];

async function walk(browser, server, root, list) {
  const faults = { axe: new Faults(), wide: new Faults(), spaced: new Faults(), quiet: new Faults(), policy: new Faults(), disk: new Faults() };
  const closer = new Set(oneOfEach(list));
  const matrix = new Matrix(widths);
  const turns = new Map(list.filter((file) => template(file) === 'finder-choice').sort().map((file, turn) => [file, turn]));
  const open = async () => {
    const context = await browser.newContext(still);
    const page = await context.newPage();
    // A tab of its own: a browser starts a new process whenever a tab goes from the web to the disk.
    const disk = await context.newPage();
    await disk.emulateMedia({ colorScheme: 'dark' });
    return { context, page, disk, notes: await watch(page, `${server.origin}/`), said: await watch(disk, fileUrl(root, '')), close: () => context.close() };
  };
  await pool(list, 3, open, async (file, { context, page, disk, notes, said }) => {
    const answer = await page.goto(server.url(file), { waitUntil: 'load' });
    assert.equal(answer.status(), 200, file);
    await inject(page);
    await matrix.check(page, (width, scheme, what) => faults.axe.add(`${file} at ${width} ${scheme}`, what), async (width) => {
      faults.wide.addAll(`${file} at ${width}`, [...await overflow(page), ...await narrow(page)]);
      if (width !== 320) return;
      await spacing(page, true);
      faults.spaced.addAll(file, [...await overflow(page), ...await clipped(page)]);
      await spacing(page, false);
    }, { turn: turns.get(file) });
    const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content);
    if (!policy) faults.policy.add(file, 'has no Content-Security-Policy');
    else {
      if (!/default-src 'none'/.test(policy)) faults.policy.add(file, `policy is open: ${policy}`);
      // A reader's own bookmarklets for type and spacing may style the page; nothing may run in it.
      const strict = policy.replace("style-src 'self' file: 'unsafe-inline'", "style-src 'self' file:");
      if (/unsafe-|https?:|\*/.test(strict)) faults.policy.add(file, `policy lets too much in: ${policy}`);
    }
    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + (document.cookie ? 1 : 0));
    if (kept || (await context.cookies()).length) faults.quiet.add(file, 'stores something in the browser');
    await page.setViewportSize(still.viewport);
    await page.emulateMedia({ colorScheme: 'dark' });
    const served = await shape(page, { colors: true });
    faults.quiet.addAll(file, notes.take());

    await disk.goto(fileUrl(root, file), { waitUntil: 'load' });
    if (await shape(disk, { colors: true }) !== served) faults.disk.add(file, 'looks different from disk');
    if (closer.has(file)) {
      await inject(disk);
      faults.disk.addAll(file, await violations(disk));
    }
    faults.disk.addAll(file, said.take());
  });
  return { faults, cells: matrix.cells, wanted: (list.length - turns.size) * widths.length * 2 + turns.size * (process.env.FULL === '1' ? widths.length * 2 : 1) };
}

/** The largest first, so that no worker ends with a long page alone; links.test.mjs follows the old addresses. */
const bySize = (root, list) => list.sort((a, b) => statSync(join(root, b)).size - statSync(join(root, a)).size);

for (const [name, root, looked] of [
  ['guide', guide, sampled(shown(guide))],
  ['sample of every component', sample, shown(sample)],
  ['handbook on special education', handbook, ownPages(handbook)],
  ['blank guide with its examples', blank, shown(blank)],
]) {
  const list = bySize(root, looked);
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
    found = await walk(browser, server, root, list);
    console.log(`# ${name}: ${list.length} pages, ${found.cells} times checked, ${Math.round((Date.now() - start) / 1000)} s`);
    assert.equal(found.cells, found.wanted);
  });
  test(`${name}: axe finds nothing at ${widths.join(', ')} px, light and dark`, () => found.faults.axe.check('axe-core found violations:'));
  test(`${name}: nothing is wider than the window`, () => found.faults.wide.check('Wider than the window:'));
  test(`${name}: text spacing fits at 320 px`, () => found.faults.spaced.check('With WCAG 1.4.12 text spacing at 320 px:'));
  test(`${name}: no other host, a quiet console, nothing stored`, () => found.faults.quiet.check('A page must only load its own files and be quiet:'));
  test(`${name}: from disk every page is the same, as quiet, and clean for axe`, () => found.faults.disk.check('From disk:'));
  test(`${name}: every page has a strict policy`, () => found.faults.policy.check('Content-Security-Policy:'));
}

test('the watch and the measures see what they look for', async () => {
  const head = (policy) => `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>x</title>`;
  const server = await serve(guide, {
    extra: {
      '/loud.html': `${head("default-src 'self'; img-src http:")}<p style="color:red">x</p><img src="http://127.0.0.2:9/x.png"><script>alert(1)</script>`,
      '/wide.html': `${head("style-src 'unsafe-inline'")}<main style="background:#fff;color:#ccc"><h1 style="width:900px">wide</h1><input></main>`,
      '/clear.html': `${head("style-src 'unsafe-inline'")}<main style="background:#fff;color:#222"><h1>One</h1><p>Same place.</p></main>`,
      '/pale.html': `${head("style-src 'unsafe-inline'")}<main style="background:#fff;color:#222"><h1>One</h1><p style="color:#bbb">Same place.</p></main>`,
      '/ground.html': `${head("style-src 'unsafe-inline'")}<main style="background:#333;color:#222"><h1>One</h1><p>Same place.</p></main>`,
      '/thin.html': `${head("style-src 'unsafe-inline'")}<main><div class="body" style="width:9rem">x</div></main>`,
      '/shut.html': `${head("style-src 'unsafe-inline'")}<style>body{overflow-x:hidden}</style><p style="height:1em;overflow:hidden">cut<br>off</p>`,
    },
  });
  const browser = await launch();
  try {
    const page = await browser.newPage({ ...still, viewport: { width: 320, height: 600 } });
    const notes = await watch(page, server.origin);
    await page.goto(`${server.origin}/loud.html`);
    const seen = notes.take().join('\n');
    assert.match(seen, /asks another host: http:\/\/127\.0\.0\.2:9\/x\.png/);
    assert.match(seen, /policy breach: script-src/);
    assert.match(seen, /policy breach: style-src/);
    await page.goto(`${server.origin}/wide.html`);
    assert.equal((await overflow(page)).length, 2);
    await inject(page);
    const found = (await violations(page)).join('\n');
    assert.match(found, /^label:/m);
    assert.match(found, /^color-contrast:/m);
    const cells = [];
    await new Matrix([320]).check(page, (width, scheme, what) => cells.push(`${width} ${scheme} ${what.split(':')[0]}`));
    assert.ok(cells.includes('320 light label') && cells.includes('320 light color-contrast') && cells.includes('320 dark color-contrast'), cells.join());
    // What is known of a text on one page is not taken for one that only looks alike in the source.
    const matrix = new Matrix([320], ['light']), told = new Map();
    for (const name of ['clear', 'pale', 'ground', 'clear']) {
      await page.goto(`${server.origin}/${name}.html`);
      await inject(page);
      told.set(name, 0);
      await matrix.check(page, (width, scheme, what) => { if (what.startsWith('color-contrast')) told.set(name, told.get(name) + 1); });
    }
    assert.deepEqual([...told], [['clear', 0], ['pale', 1], ['ground', 2]]);
    await page.setViewportSize({ width: 800, height: 600 });
    await page.goto(`${server.origin}/thin.html`);
    assert.equal((await narrow(page)).length, 1);
    await page.setViewportSize({ width: 320, height: 600 });
    await page.goto(`${server.origin}/shut.html`);
    assert.equal((await overflow(page)).length, 1);
    assert.equal((await clipped(page)).length, 1);
  } finally {
    await browser.close();
    await server.close();
  }
});
