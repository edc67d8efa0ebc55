// The theme to start from (themes/plain, `guidepost new theme`), with what the manual's tutorial adds to it: a handbook in three
// languages, followed step by step with the real program. axe-core at three widths, light and dark; html-validate and the Nu checker on
// every page; no script, little weight, a strict policy; by keyboard; on paper nothing but the text.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { launch, pool, still, watch } from './support/browser.mjs';
import { Matrix, inject, violations } from './support/axe.mjs';
import { clipped, narrow, overflow, spacing } from './support/layout.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';
import { follow } from './support/tutorial.mjs';

const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.GUIDEPOST ?? join(repo, 'target/debug/guidepost'));
const folder = join(resolve(process.env.WEB_TESTS ?? join(repo, 'target/web-tests')), 'tutorial');
const widths = [320, 768, 1280];

// A page with its one stylesheet, compressed as web servers do it (gzip -6), and the stylesheet as it lies there.
const limit = 6_000, styleLimit = 5_000;

let root, all, browser, server;
before(async () => {
  root = follow(program, folder);
  all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'));
  browser = await launch();
  server = await serve(root);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const pages = () => all.filter((file) => file.endsWith('.html'));
const text = (file) => readFileSync(join(root, file), 'utf8');

test('axe-core, width and policy: every page at three widths, light and dark', async () => {
  const faults = new Faults(), matrix = new Matrix(widths);
  assert.ok(pages().length >= 30, `${pages().length} pages`);
  const open = async () => {
    const context = await browser.newContext(still);
    const page = await context.newPage();
    return { page, notes: await watch(page, `${server.origin}/`), close: () => context.close() };
  };
  await pool(pages(), 2, open, async (file, { page, notes }) => {
    await page.goto(server.url(file), { waitUntil: 'load' });
    await inject(page);
    await matrix.check(page, (width, scheme, what) => faults.add(`${file} at ${width} ${scheme}`, what), async (width) => {
      faults.addAll(`${file} at ${width}`, [...await overflow(page), ...await narrow(page)]);
      if (width !== 320) return;
      await spacing(page, true);
      faults.addAll(`${file}, text spacing`, [...await overflow(page), ...await clipped(page)]);
      await spacing(page, false);
    });
    const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '');
    if (!/^default-src 'none';/.test(policy) || /unsafe|script-src|https?:|\*/.test(policy)) faults.add(file, `policy: ${policy}`);
    faults.addAll(file, notes.take());
  });
  faults.check('The theme to start from:');
});

test('axe-core does find faults in it', async () => {
  const page = await browser.newPage(still);
  await page.goto(server.url('index.html'));
  await inject(page);
  await page.evaluate(() => document.querySelector('h1').remove());
  assert.ok((await violations(page)).some((what) => /heading/.test(what)));
  await page.close();
});

test('html-validate and the Nu checker find no fault', async () => {
  const faults = new Faults();
  const validator = new HtmlValidate(new StaticConfigLoader({
    root: true, extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'], rules: { 'require-sri': 'off' },
  }));
  for (const file of pages()) {
    const report = await validator.validateString(text(file), file);
    for (const one of report.results.flatMap((result) => result.messages)) faults.add(`${file}:${one.line}`, `${one.ruleId}: ${one.message}`);
  }
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const found = await new Promise((done, failed) => {
    execFile('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', ...all.filter((file) => /\.(html|css)$/.test(file)).map((file) => join(root, file))],
      { maxBuffer: 1 << 28 }, (error, out, err) => (error ? failed(new Error(err || error.message)) : done(JSON.parse(out).messages)));
  });
  for (const one of found.filter((m) => m.type !== 'info')) faults.add(`${relative(root, decodeURI(one.url.replace(/^file:/, '')))}:${one.lastLine}`, one.message);
  faults.check('HTML:');
});

test('no script, one stylesheet, and no page heavier than a few kilobytes', () => {
  const faults = new Faults();
  const weight = (file) => gzipSync(readFileSync(join(root, file)), { level: 6 }).length;
  assert.deepEqual(all.filter((file) => file.endsWith('.js')), []);
  const styles = all.filter((file) => file.endsWith('.css'));
  assert.equal(styles.length, 1);
  assert.ok(readFileSync(join(root, styles[0])).length <= styleLimit, 'the stylesheet');
  let heaviest = 0;
  for (const file of pages()) {
    if (/<script|\son\w+=|style=/.test(text(file))) faults.add(file, 'has a script, or style in a tag');
    const loaded = read(text(file)).links.filter((link) => link.attribute === 'src' || (link.tag === 'link' && /stylesheet|icon/.test(link.rel ?? '')));
    const bytes = [file, ...loaded.map((link) => posix.join(posix.dirname(file), link.value))].reduce((sum, part) => sum + weight(part), 0);
    heaviest = Math.max(heaviest, bytes);
    if (bytes > limit) faults.add(file, `${bytes} bytes`);
  }
  console.log(`# heaviest page of the theme to start from: ${heaviest} bytes compressed, with its stylesheet`);
  faults.check('Weight:');
});

test('by keyboard: first to the text, then through the menu', async () => {
  const page = await browser.newPage({ ...still, viewport: { width: 360, height: 740 } });
  for (const file of ['index.html', 'es/schools/lincoln.html', 'ar/index.html']) {
    await page.goto(server.url(file));
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip');
    assert.ok(await skip.evaluate((e) => e === document.activeElement && e.getBoundingClientRect().top >= 0), `${file}: the skip link is not seen`);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main', file);
    await page.goto(server.url(file));
    const seen = new Set();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const e = document.activeElement, s = getComputedStyle(e);
        return e === document.body ? '' : `${e.closest('nav')?.getAttribute('aria-label') ?? ''}|${s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}`;
      });
      if (!at) break;
      assert.ok(at.endsWith('|true'), `${file}: ${at}: the focus is not seen`);
      seen.add(at.split('|')[0]);
    }
    assert.ok(seen.size >= 4, `${file}: ${[...seen]}`);
  }
  await page.close();
});

test('on paper there is the text and no menu; Arabic begins at the right', async () => {
  const page = await browser.newPage({ ...still, viewport: { width: 800, height: 900 } });
  await page.goto(server.url('schools/oak-park.html'));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav:visible').count(), 0);
  assert.ok(await page.getByText('555-2120').first().isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.goto(server.url('ar/index.html'));
  const box = await page.locator('h1').evaluate((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const text = range.getBoundingClientRect(), around = e.getBoundingClientRect();
    return [Math.round(around.right - text.right), Math.round(text.left - around.left)];
  });
  assert.ok(box[0] <= 1 && box[1] > 20, box.join());
  await page.close();
});
