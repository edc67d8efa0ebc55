// `guidepost serve`, from the editor's chair: files are saved, and the page in the browser follows without being touched.
// The real program, real files, real Chromium, on a copy of the sample site.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, sampleSource } from './support/guide.mjs';
import { inject, violations } from './support/axe.mjs';
import { launch, still, watch } from './support/browser.mjs';

const patience = { timeout: 15_000 };
const folder = mkdtempSync(join(tmpdir(), 'guidepost-serve-'));
const path = (file) => join(folder, file);
const change = (file, from, to) => {
  const text = readFileSync(path(file), 'utf8');
  assert.ok(text.includes(from), `${file} holds ${from}`);
  writeFileSync(path(file), text.replace(from, to));
};

let server, said = '', home, browser, page, notes;

before(async () => {
  cpSync(sampleSource, folder, { recursive: true });
  // The sample has an outdated translation on purpose; here everything is well at the start.
  change('content/es/words/index.md', 'translated_from: 0000000000000000\n', '');
  // It is served on a day on which nothing is due, so what was looked up was looked up before.
  for (let test = 0; test < 2; test++) change('content/tests/index.md', 'Checked: 2026-11-22', 'Checked: 2020-05-01');
  server = spawn(program, ['serve', '--root', folder, '--port', '0', '--date', '2020-06-01'], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => { said += text; });
  for (let wait = 0; wait < 300 && !/http:\/\/\S+/.test(said); wait++) await new Promise((done) => setTimeout(done, 50));
  home = said.match(/http:\/\/[^\s]+/)?.[0]?.replace(/[.,]$/, '');
  assert.ok(home, `serve says where it is: ${said}`);
  browser = await launch();
  page = await browser.newPage({ ...still, viewport: { width: 1000, height: 600 } });
  notes = await watch(page, home);
});
after(async () => {
  await browser?.close();
  if (server?.exitCode === null) server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** What the page did wrong; a reload may cut off what the live script was asking. */
const quiet = () => notes.take().filter((note) => !/__guidepost\/.*ERR_ABORTED/.test(note));

/** Marks the page as it is now: the mark is gone after a reload. */
const mark = () => page.evaluate(() => { window.marked = true; });
const marked = () => page.evaluate(() => window.marked === true);
const shows = (text) => page.getByText(text, { exact: false }).first().waitFor({ state: 'visible', ...patience });
const overlay = () => page.locator('guidepost-problems section');
const open = async (file) => {
  await page.goto(new URL(file, home).href);
  // The page listens for changes: a save before that would be seen too, but the test is about what follows.
  await page.waitForTimeout(300);
};

test('a page is shown, quietly, and nothing is written to public/', async () => {
  await open('every.html');
  assert.equal(await page.locator('h1').innerText(), 'Every part of the theme');
  assert.deepEqual(quiet(), []);
  assert.equal(await overlay().count(), 0);
  assert.equal(existsSync(path('public/index.html')), false);
});

test('an edit appears without touching the browser, and the place on the page is kept', async () => {
  await open('every.html');
  await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
  const from = Date.now();
  change('content/every.md', 'The end.', 'The new end.');
  await shows('The new end.');
  console.log(`# on screen after ${Date.now() - from} ms`);
  await page.waitForFunction(() => Math.abs(scrollY - 900) <= 2, undefined, patience);
  await page.waitForTimeout(300);
  assert.ok(Math.abs(await page.evaluate(() => scrollY) - 900) <= 2, 'the place moved after loading');
  assert.deepEqual(quiet(), []);
});

test('an edit of another page leaves this one alone', async () => {
  await open('every.html');
  await mark();
  change('content/sheets/index.md', 'Sheets to print.', 'Sheets to print out.');
  await page.waitForTimeout(1500);
  assert.ok(await marked(), 'the page was loaded again for nothing');
});

test('a broken page shows what is wrong over the last good page; mended, it goes', async (t) => {
  await open('every.html');
  const good = readFileSync(path('content/every.md'));
  // Whatever fails here, the tests after this one start from a good page.
  t.after(async () => {
    writeFileSync(path('content/every.md'), good);
    await page.waitForTimeout(1000);
  });
  change('content/every.md', 'title: Every part of the theme', 'title: [Every part of the theme');
  await overlay().filter({ hasText: '1 error' }).waitFor({ state: 'visible', ...patience });
  const told = await overlay().innerText();
  assert.match(told, /1 error/);
  assert.match(told, /content\/every\.md, line 2/);
  assert.match(told, /title: \[Every part of the theme/, 'with the line');
  // In an editor's words: the line with what is wrong marked, what to do, what it means; no signs of a compiler.
  assert.doesNotMatch(told, /error\[|-->|\^\^/);
  assert.match(told, /Do this: /);
  assert.match(told, /the last one that could be made/);
  assert.ok((await overlay().locator('mark').innerText()).length > 0);
  await overlay().locator('summary').first().click();
  assert.ok((await overlay().locator('details p').first().innerText()).length > 20);
  assert.ok(await page.getByText('The new end.').isVisible(), 'the last good page stays');
  assert.equal(await page.locator('h1').innerText(), 'Every part of the theme');
  assert.match(said, /error/, 'the terminal tells it too');
  // A new visit to the page tells it as well, and Escape folds it away.
  await open('every.html');
  await overlay().waitFor({ state: 'visible', ...patience });
  await page.keyboard.press('Escape');
  await overlay().locator('pre').first().waitFor({ state: 'hidden', ...patience });
  // What was folded away stays so on the next page, as long as it is the same.
  await open('index.html');
  await overlay().waitFor({ state: 'visible', ...patience });
  assert.ok(await overlay().locator('pre').first().isHidden());
  await open('every.html');

  change('content/every.md', 'title: [Every part of the theme', 'title: Every mended part');
  await page.locator('h1', { hasText: 'Every mended part' }).waitFor(patience);
  await overlay().waitFor({ state: 'hidden', ...patience });
});

test('what is shown over the page is accessible too', async (t) => {
  await open('every.html');
  const good = readFileSync(path('content/every.md'));
  t.after(async () => {
    writeFileSync(path('content/every.md'), good);
    await page.waitForTimeout(1000);
  });
  appendFileSync(path('content/every.md'), '\n[nowhere](nowhere.md)\n');
  await overlay().filter({ hasText: '1 error' }).waitFor({ state: 'visible', ...patience });
  assert.match(await overlay().innerText(), /content\/every\.md, line \d+/);
  await inject(page);
  assert.deepEqual((await violations(page)).filter((v) => v.includes('guidepost-problems')), []);
});

test('a style sheet is swapped without a reload', async () => {
  await open('every.html');
  await page.evaluate(() => scrollTo({ top: 500, behavior: 'instant' }));
  await mark();
  appendFileSync(path('themes/parent-guide/templates/partials/css/base.css'), '\nh1{color:rgb(1, 2, 3)!important}\n');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)', undefined, patience);
  assert.ok(await marked(), 'the page was loaded again');
  assert.equal(await page.evaluate(() => scrollY), 500);
});

test('a title changes the menu of other pages, a template all pages, a meaning the pages that use the word', async () => {
  await open('play/index.html');
  change('content/words/index.md', 'title: Words', 'title: Words we use');
  await page.locator('nav.menu a', { hasText: 'Words we use' }).waitFor({ state: 'attached', ...patience });
  change('themes/parent-guide/templates/partials/footer.html', '<footer', '<!-- a new foot --><footer');
  await page.waitForFunction(() => document.documentElement.outerHTML.includes('a new foot'), undefined, patience);
  await open('every.html');
  change('content/words/index.md', 'A soft clay for the hands.', 'A very soft clay.');
  await page.locator('[data-word=putty]', { hasText: 'A very soft clay.' }).waitFor({ state: 'attached', ...patience });
});

test('a new page is there, a deleted one is gone, and an address that is wrong helps', async () => {
  writeFileSync(path('content/sheets/fresh.md'), '---\ntitle: Fresh\ndescription: New.\n---\nA fresh page.\n');
  await open('sheets/index.html');
  await page.locator('main a', { hasText: 'Fresh' }).first().waitFor(patience);
  await open('sheets/fresh.html');
  await shows('A fresh page.');
  rmSync(path('content/sheets/fresh.md'));
  await page.locator('h1', { hasText: /find/ }).waitFor(patience);
  notes.take();
  // The page may load once more when what named the deleted one is made again; that would cut off this way.
  await page.waitForTimeout(1000);
  const answer = await page.goto(new URL('sheets/nothing.html', home).href);
  assert.equal(answer.status(), 404);
  assert.ok(await page.locator('nav.menu').count());
  assert.ok(await page.evaluate(() => getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'), 'with its style');
  notes.take();
});

test('a photo is there at once, and swapped for the narrow one without a reload', async () => {
  await open('every.html');
  const photo = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 900 }), ink = canvas.getContext('2d');
    // Grain, as a camera sees it: what is even would be smaller whole than narrow.
    const pixels = ink.createImageData(1200, 900);
    for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : 100 + ((i * 7919) >> 3) % 97;
    ink.putImageData(pixels, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  });
  writeFileSync(path('content/class.jpg'), Buffer.from(photo, 'base64'));
  appendFileSync(path('content/every.md'), '\n![A class at work](class.jpg)\n');
  const picture = page.locator('img[srcset*="class."]');
  await picture.waitFor({ state: 'attached', ...patience });
  // Two files were saved: the page may have been loaded again while it loaded. The photo waits until it is scrolled to.
  await page.waitForTimeout(1500);
  notes.take();
  await mark();
  await picture.evaluate((img) => img.scrollIntoView());
  const swapped = () => /[?&]guidepost=/.test(document.querySelector('img[srcset*="class."]')?.currentSrc ?? '');
  await page.waitForFunction(swapped, undefined, { timeout: 60_000 });
  const wide = await picture.evaluate(async (img) => (await createImageBitmap(await (await fetch(img.currentSrc)).blob())).width);
  assert.ok([480, 960].includes(wide), `${wide} pixels across`);
  assert.equal(await marked(), true, 'the page was loaded again');
  assert.equal(await picture.evaluate((img) => img.complete && img.naturalWidth > 0), true);
  assert.deepEqual(quiet(), []);
});

test('Ctrl-C ends it', async () => {
  const ended = new Promise((done) => server.once('exit', (code, signal) => done({ code, signal })));
  server.kill('SIGINT');
  assert.deepEqual(await ended, { code: 0, signal: null });
});
