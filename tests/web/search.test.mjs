// The search, over http and from disk: nothing is loaded before its field is used; the field is a combobox that the keyboard,
// a finger and a screen reader can use, at every width, in both directions of writing; the results page can be linked, printed
// and gone back to; and without script, without a shard or without a result there is a way on.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressed, fileUrl, guide, program } from './support/guide.mjs';
import { launch, still, watch } from './support/browser.mjs';
import { inject, violations } from './support/axe.mjs';
import { overflow, spacing } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';
import { wayNames, ways } from './support/ways.mjs';
import { answer, pretend } from './support/reader.mjs';

let browser, url;
before(async () => {
  browser = await launch();
  url = await ways();
});
after(async () => {
  await browser?.close();
  await url?.close();
});

const file = 'delivery/integrated.html';
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true };

/** A new tab on a page, with the parts of its first search field: in the text if there is one, else in the header. */
const open = async (address, options = {}, init) => {
  const context = await browser.newContext({ ...still, ...options });
  const tab = await context.newPage();
  if (init) await tab.addInitScript(...init);
  await tab.goto(address);
  return { tab, ...parts(tab), close: () => context.close() };
};

const parts = (tab, within = '') => {
  const form = tab.locator(`${within} [data-search-script]`).last();
  return { form, field: form.locator('input'), options: form.getByRole('option'), panel: form.locator('.search-panel'), status: form.getByRole('status') };
};

/** Types words and waits for what is shown for exactly these. */
const type = async ({ form, field }, words) => {
  await field.focus();
  await field.pressSequentially(words);
  await form.page().waitForFunction(([f, w]) => f.dataset.searched === w, [await form.elementHandle(), words], { timeout: 15000 });
};

const active = (field) => field.getAttribute('aria-activedescendant');
const focused = (locator) => locator.evaluate((e) => e === document.activeElement);
const query = (tab) => new URL(tab.url()).searchParams.get('q');

for (const way of wayNames) {
  test(`${way}: nothing of the search is loaded before its field is used; then it is quiet`, async () => {
    const context = await browser.newContext(still);
    const tab = await context.newPage();
    const asked = [], notes = await watch(tab, way === 'http' ? `${url.origin}/` : fileUrl(guide, ''));
    tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const page of [file, 'index.html', '404.html', 'es/index.html']) {
      await tab.goto(url[way](page));
      await tab.mouse.wheel(0, 2000);
      await tab.keyboard.press('Escape');
      await tab.waitForTimeout(200);
    }
    assert.deepEqual(asked.filter((path) => /search/.test(path.slice(path.lastIndexOf('/guide/') + 1))), []);
    await tab.goto(url[way](file));
    asked.length = 0;
    await type(parts(tab), 'scissors');
    const names = asked.map((path) => path.split('/').slice(-2).join('/'));
    assert.ok(names.includes('search/reader.js') && names.includes('search/en.js'), names.join());
    assert.ok(asked.some((path) => /\/search\/en\/[^/]+\.js$/.test(path)), names.join());
    assert.ok(!asked.some((path) => /\/search\/es/.test(path)), names.join());
    assert.deepEqual(notes.take(), []);
    await context.close();
  });

  test(`${way}: arrows, Home, End, Enter and Escape, as the ARIA practices say`, async () => {
    const s = await open(url[way](file));
    assert.equal(await s.field.getAttribute('role'), 'combobox');
    assert.equal(await s.field.getAttribute('aria-expanded'), 'false');
    await type(s, 'hand');
    assert.equal(await s.field.getAttribute('aria-expanded'), 'true');
    assert.equal(await s.field.getAttribute('aria-controls'), await s.form.getByRole('listbox').getAttribute('id'));
    const count = await s.options.count(), press = (key) => s.tab.keyboard.press(key);
    assert.ok(count >= 3, `${count} options`);
    const ids = await s.options.evaluateAll((all) => all.map((e) => e.id));
    const steps = [['ArrowDown', 0], ['ArrowDown', 1], ['ArrowUp', 0], ['ArrowUp', count - 1], ['ArrowDown', 0], ['End', count - 1], ['Home', 0]];
    for (const [key, at] of steps) {
      await press(key);
      assert.equal(await active(s.field), ids[at], `${key} leads to ${at}`);
      assert.deepEqual(await s.form.locator('[aria-selected=true]').evaluateAll((all) => all.map((e) => e.id)), [ids[at]]);
      assert.ok(await focused(s.field), 'the focus stays in the field');
    }
    await press('ArrowLeft');
    assert.equal(await active(s.field), null, 'the cursor is back in the text');
    await press('ArrowDown');
    await press('Escape');
    assert.equal(await s.panel.isVisible(), false, 'Escape closes');
    assert.equal(await s.field.inputValue(), 'hand');
    assert.equal(await s.field.getAttribute('aria-expanded'), 'false');
    await press('ArrowDown');
    await s.options.first().waitFor();
    await press('Escape');
    await press('Escape');
    assert.equal(await s.field.inputValue(), '', 'Escape then clears');
    await type(s, 'scissors');
    await press('ArrowDown');
    const target = await s.options.first().evaluate((e) => e.href);
    await press('Enter');
    await s.tab.waitForURL(target);
    await s.close();
  });

  test(`${way}: Enter without a choice leads to the results page, which has its words in its address`, async () => {
    const s = await open(url[way]('es/delivery/index.html'));
    await type(s, 'tijeras y lápiz');
    await s.tab.keyboard.press('Enter');
    await s.tab.waitForURL(/\/es\/search\.html\?q=/);
    assert.equal(query(s.tab), 'tijeras y lápiz');
    await s.tab.locator('.hits a').first().waitFor();
    const p = parts(s.tab, 'main');
    assert.equal(await p.field.inputValue(), 'tijeras y lápiz');
    assert.match(await s.tab.title(), /^tijeras y lápiz - /);
    assert.match(await s.tab.locator('.results h2').innerText(), /“tijeras y lápiz”: \d+/);
    await s.close();
  });

  test(`${way}: / and Ctrl-K lead to the field; / is a letter in it, and can be switched off`, async () => {
    const s = await open(url[way](file));
    await s.tab.keyboard.press('/');
    assert.ok(await focused(s.field));
    await s.tab.keyboard.press('/');
    assert.equal(await s.field.inputValue(), '/');
    await s.field.blur();
    await s.tab.keyboard.press('Control+k');
    assert.ok(await focused(s.field));
    await s.tab.goto(url[way]('index.html'));
    await s.tab.keyboard.press('/');
    assert.ok(await focused(s.tab.locator('main [data-search] input')), 'the large field comes first');
    await s.tab.goto(url[way]('search.html'));
    await s.tab.locator('.search-key input').uncheck();
    await s.tab.goto(url[way](file));
    await s.tab.keyboard.press('/');
    assert.equal(await focused(s.field), false);
    await s.tab.keyboard.press('Control+k');
    assert.ok(await focused(s.field));
    await s.close();
  });

  test(`${way}: the count is announced; leaving the field closes the list`, async () => {
    const s = await open(url[way](file));
    await type(s, 'hand');
    assert.equal(await s.status.getAttribute('role'), 'status');
    await s.tab.waitForFunction((e) => /\d+/.test(e.textContent), await s.status.elementHandle());
    await s.tab.mouse.click(640, 880);
    assert.equal(await s.panel.isVisible(), false, 'a click beside it');
    await s.field.focus();
    await s.options.first().waitFor();
    await s.tab.locator('.brand').focus();
    assert.equal(await s.panel.isVisible(), false, 'the focus elsewhere');
    await s.close();
  });

  test(`${way}: Back and Forward go through queries and results`, async () => {
    const s = await open(url[way](file));
    const head = s.tab.locator('.results h2'), field = parts(s.tab, 'main').field;
    const shows = async (words) => {
      await head.filter({ hasText: `“${words}”` }).waitFor({ timeout: 5000 });
      assert.equal(query(s.tab), words);
      assert.equal(await field.inputValue(), words);
    };
    await s.field.fill('scissors');
    await s.tab.keyboard.press('Enter');
    await shows('scissors');
    await field.fill('handwriting');
    await s.tab.keyboard.press('Enter');
    await shows('handwriting');
    assert.ok(await focused(head), 'the focus is on what was found');
    await s.tab.goBack();
    await shows('scissors');
    await s.tab.goForward();
    await shows('handwriting');
    await s.tab.locator('.hits a').first().click();
    await s.tab.waitForURL((u) => !u.pathname.endsWith('search.html'));
    await s.tab.goBack();
    await shows('handwriting');
    await s.tab.locator('.hits a').first().waitFor();
    await s.tab.goBack();
    await shows('scissors');
    await s.tab.goBack();
    await s.tab.waitForURL((u) => u.pathname.endsWith(file));
    await s.close();
  });

  test(`${way}: a finger opens the field on a phone, types, and opens a result`, async () => {
    const s = await open(url[way](file), phone);
    const sign = await s.tab.locator('nav.menu a[data-to-search]').boundingBox();
    assert.ok(sign.width >= 44 && sign.height >= 44, JSON.stringify(sign));
    await s.tab.touchscreen.tap(sign.x + sign.width / 2, sign.y + sign.height / 2);
    assert.ok(await focused(s.field));
    const box = await s.field.boundingBox();
    assert.ok(box.width > 240 && box.height >= 44, JSON.stringify(box));
    await type(s, 'scissors');
    for (const one of await s.options.all()) assert.ok((await one.boundingBox()).height >= 44);
    const target = await s.options.first().evaluate((e) => e.href);
    await s.options.first().tap();
    await s.tab.waitForURL(target);
    await s.close();
  });

  test(`${way}: without script the field leads to the A to Z, the site map and people`, async () => {
    for (const [page, to] of [[file, 'search.html'], ['es/index.html', 'es/search.html']]) {
      const s = await open(url[way](page), { javaScriptEnabled: false });
      const field = s.tab.locator('header [data-search] input');
      await field.fill('scissors');
      await s.tab.keyboard.press('Enter');
      await s.tab.waitForURL((u) => u.pathname.endsWith(`/${to}`) && u.searchParams.get('q') === 'scissors');
      const main = s.tab.locator('main');
      assert.match(await main.innerText(), /JavaScript/);
      assert.equal(await main.locator('input').isVisible(), false, 'a field that does nothing');
      assert.ok(await main.locator('.ask').isVisible());
      assert.ok(await main.locator('a[href$="site-map.html"]').isVisible());
      await main.locator('a[href$="a-z.html"]').click();
      await s.tab.waitForURL(/a-z\.html$/);
      await s.close();
    }
  });

  test(`${way}: a query of 500 letters, and markup in a query, are only text`, async () => {
    const s = await open(url[way](file));
    await s.tab.evaluate(() => { window.alert = () => { window.ran = true; }; });
    for (const words of ['antidisestablishment '.repeat(24).slice(0, 500), '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '</option>&lt;b&gt;scissors']) {
      await s.field.fill('');
      await s.field.fill(words);
      await s.tab.waitForFunction(([f, w]) => f.dataset.searched === w, [await s.form.elementHandle(), words], { timeout: 5000 });
      assert.deepEqual(await overflow(s.tab), []);
      assert.equal(await s.panel.locator('img, script, b').count(), 0);
    }
    for (const words of ['x'.repeat(500), '<img src=x onerror=alert(1)> scissors']) {
      await s.tab.goto(`${url[way]('search.html')}?q=${encodeURIComponent(words)}`);
      await s.tab.locator('.results h2').waitFor();
      assert.ok((await s.tab.locator('.results h2').innerText()).includes(words.slice(0, 40)));
      assert.equal(await s.tab.locator('.results').locator('img, script').count(), 0);
      assert.deepEqual(await overflow(s.tab), []);
    }
    assert.equal(await s.tab.evaluate(() => window.ran), undefined);
    await s.close();
  });
}

test('markup in titles, pages and snippets is only text', async () => {
  const bad = '<img src=x onerror="window.ran = true"><b>bold</b>';
  const one = { title: bad, titleParts: [[bad, true]], page: bad, address: 'a.html', url: 'index.html', kind: 'page', group: bad, lang: '', snippet: [[bad, false], [bad, true]] };
  const said = { results: [one], total: 30, missing: [bad], instead: [['x', bad]], nearest: [bad], partial: true, help: true };
  for (const page of [file, 'search.html?q=scissors']) {
    const s = await open(fileUrl(guide, page.split('?')[0]) + (page.split('?')[1] ? '?q=scissors' : ''), {}, pretend(said));
    if (!page.includes('?')) await type(s, 'scissors');
    const shown = page.includes('?') ? s.tab.locator('.results') : s.panel;
    await shown.locator('mark').first().waitFor();
    assert.ok((await shown.innerText()).split('<img src=x').length >= 6);
    assert.equal(await shown.locator('img, b').count(), 0);
    assert.equal(await s.tab.evaluate(() => window.ran), undefined);
    await s.close();
  }
});

test('what was not found is said, with words to try, the A to Z and people', async () => {
  const few = [answer.result({ title: 'Cutting', group: 'Activities' })];
  const cases = [
    [{ results: few, total: 1, partial: true, missing: ['blorp'] }, [/No page has all these words/, /Not found: blorp/]],
    [{ results: few, total: 1, instead: [['sisors', 'scissors']], missing: ['sisors'] }, [/Results for: scissors/]],
    [{ results: [], total: 0, missing: ['blorp'], nearest: ['block', 'blot'], help: true }, [/No page has these words/, /Did you mean/]],
    [{ state: 'error', results: [], total: 0, help: true }, [/does not work/]],
  ];
  for (const [said, texts] of cases) {
    const s = await open(url.file(file), {}, pretend(said));
    await type(s, 'blorp');
    const shown = await s.panel.innerText();
    for (const text of texts) assert.match(shown, text);
    await s.tab.waitForFunction((e) => e.textContent, await s.status.elementHandle());
    assert.match(await s.status.textContent(), texts[0]);
    assert.equal(await s.field.getAttribute('aria-expanded'), String((said.results?.length ?? 0) > 0));
    if (said.help) {
      assert.ok(await s.panel.locator('a[href$="a-z.html"]').isVisible());
      await s.panel.locator('a[href="#ask--title"]').click();
      assert.equal(await s.panel.isVisible(), false);
      assert.ok(await s.tab.locator('#ask--title').isVisible());
    }
    await s.close();
  }
  const s = await open(url.file(file), {}, pretend({ results: [], total: 0, nearest: ['block'], help: true }));
  await type(s, 'blorp');
  await s.tab.keyboard.press('Tab');
  await s.tab.keyboard.press('Tab');
  await s.tab.keyboard.press('Tab');
  assert.equal(await s.tab.evaluate(() => document.activeElement.textContent), 'block', 'the words are reached with Tab');
  await s.tab.keyboard.press('Enter');
  assert.equal(await s.field.inputValue(), 'block');
  assert.ok(await focused(s.field));
  await s.close();
});

test('slow answers say so; an answer after Escape does not open the list again', async () => {
  const s = await open(url.file(file), {}, pretend({ results: [answer.result({})], total: 1 }, 900));
  await s.field.focus();
  await s.field.pressSequentially('slow');
  await s.panel.getByText('Searching…').waitFor({ timeout: 700 });
  await s.options.first().waitFor();
  assert.equal(await s.panel.getByText('Searching…').count(), 0);
  await s.tab.keyboard.press('e');
  await s.tab.keyboard.press('Escape');
  await s.tab.waitForTimeout(1200);
  assert.equal(await s.panel.isVisible(), false);
  await s.close();
});

test('the results page: the best first, the others by what they are, and more of them', async () => {
  const all = Array.from({ length: 45 }, (_, i) => answer.result({ title: `Place ${i}`, url: `a-z.html#n${i}`, group: ['Words', 'Tests', 'Pages'][i % 3] }));
  const s = await open(`${url.file('search.html')}?q=place`, {}, pretend({ results: all, total: 45 }));
  const titles = () => s.tab.locator('.hits .hit-title').allInnerTexts();
  await s.tab.locator('.hits').first().waitFor();
  assert.deepEqual(await s.tab.locator('.results h3').allInnerTexts(), ['Best matches', 'Words', 'Tests', 'Pages']);
  assert.deepEqual((await titles()).slice(0, 5), ['Place 0', 'Place 1', 'Place 2', 'Place 3', 'Place 6']);
  assert.equal((await titles()).length, 20);
  await s.tab.locator('.results .button').click();
  await s.tab.waitForFunction(() => document.querySelectorAll('.hits .hit').length === 40);
  assert.equal(await s.tab.evaluate(() => document.activeElement.textContent), 'Place 20', 'the focus is on the first new one');
  await s.tab.locator('.hits a').last().click();
  await s.tab.goBack();
  await s.tab.waitForFunction(() => document.querySelectorAll('.hits .hit').length === 40);
  assert.equal(new Set(await titles()).size, 40);
  await s.close();
});

test('a result in another language is marked as such, and stands in the order of the page', async () => {
  const s = await open(url.file('ar/index.html'), phone, pretend({ results: [answer.result({ lang: 'en', title: 'Cutting', page: 'Hand and eye' })], total: 1 }));
  await type(s, 'cut');
  for (const part of ['.hit-title', '.hit-where bdi', '.hit-text']) assert.equal(await s.options.locator(part).getAttribute('lang'), 'en', part);
  const [panel, text] = [await s.panel.boundingBox(), await s.options.locator('.hit-title').evaluate((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return range.getBoundingClientRect().right;
  })];
  assert.ok(panel.x >= 0 && panel.x + panel.width <= 320, JSON.stringify(panel));
  assert.ok(text > panel.x + panel.width / 2, 'it begins at the right');
  await s.close();
});

for (const [name, options] of [
  ['320 px', phone], ['320 px, dark', { ...phone, colorScheme: 'dark' }], ['1280 px', {}], ['1280 px, dark', { colorScheme: 'dark' }],
]) {
  test(`${name}: axe finds nothing with the list open, and nothing is wider than the window`, async () => {
    const faults = new Faults();
    for (const [page, words] of [[file, 'hand'], ['index.html', 'hand'], ['es/index.html', 'mano'], ['ar/index.html', 'OT'], ['ar/delivery/integrated.html', 'OT'], [file, 'qqqqzzzz'], ['search.html', 'hand']]) {
      const s = await open(url.http(page), options);
      await inject(s.tab);
      await type(s, words);
      if (words !== 'qqqqzzzz') await s.tab.keyboard.press('ArrowDown');
      faults.addAll(`${page} ${words}`, [...await violations(s.tab), ...await overflow(s.tab)]);
      await spacing(s.tab, true);
      faults.addAll(`${page} ${words}, spaced`, await overflow(s.tab));
      await s.close();
    }
    for (const address of ['search.html?q=hand', 'es/search.html?q=mano', 'ar/search.html?q=OT', 'search.html?q=qqqqzzzz', 'search.html']) {
      const s = await open(url.http(address), options);
      if (address.includes('q=')) await s.tab.locator('.results h2').waitFor();
      await inject(s.tab);
      faults.addAll(address, [...await violations(s.tab), ...await overflow(s.tab)]);
      await s.close();
    }
    faults.check(`${name}:`);
  });
}

test('with text of 200 % everything fits and can be seen, on a phone and a desktop', async () => {
  const faults = new Faults();
  for (const viewport of [{ width: 390, height: 800 }, { width: 320, height: 800 }, { width: 1280, height: 900 }]) {
    for (const [page, words] of [[file, 'hand'], ['index.html', 'hand'], ['es/index.html', 'mano'], ['ar/index.html', 'OT']]) {
      const s = await open(url.http(page), { viewport });
      await s.tab.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('html{font-size:200%}');
        document.adoptedStyleSheets = [sheet];
      });
      await type(s, words);
      const box = await s.panel.boundingBox(), at = `${page} at ${viewport.width}`;
      if (box.x < -1 || box.x + box.width > viewport.width + 1) faults.add(at, `the list reaches from ${box.x} to ${box.x + box.width}`);
      await s.tab.keyboard.press('ArrowDown');
      if (!await s.options.first().evaluate((e) => { const b = e.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0; })) faults.add(at, 'the first result is out of sight');
      await s.close();
    }
  }
  faults.check('With text of 200 %:');
});

test('forced colors: the chosen result has a frame', async () => {
  const s = await open(url.http(file), { forcedColors: 'active' });
  await type(s, 'hand');
  await s.tab.keyboard.press('ArrowDown');
  const styles = await s.options.evaluateAll((all) => all.map((e) => getComputedStyle(e).outlineStyle));
  assert.deepEqual(styles.slice(0, 2), ['solid', 'none']);
  await s.close();
});

test('paper has the results and no field', async () => {
  const s = await open(`${url.http('search.html')}?q=hand`);
  await s.tab.locator('.hits').first().waitFor();
  await s.tab.emulateMedia({ media: 'print' });
  assert.equal(await s.tab.locator('.search').evaluateAll((all) => all.some((e) => e.checkVisibility())), false);
  assert.ok(await s.tab.locator('.hits a').first().isVisible());
  assert.ok(await s.tab.locator('.results h2').isVisible());
  await s.tab.goto(url.http(file));
  assert.equal(await s.form.isVisible(), false);
  await s.close();
});

test('it works below any path, and on the page for addresses that do not exist', async () => {
  const below = await serve(guide, { prefix: '/any/where/' }), host = await serve(addressed, { prefix: '/ot/' });
  for (const address of [below.url('es/terms/iep.html'), host.url('no/such/page.html')]) {
    const s = await open(address);
    await type(s, 'hand');
    const target = await s.options.first().evaluate((e) => e.href);
    assert.ok(target.startsWith(address.startsWith(host.origin) ? host.url('') : below.url('')), target);
    assert.equal((await s.tab.request.get(target)).status(), 200);
    await s.tab.keyboard.press('Enter');
    await s.tab.locator('.hits a').first().waitFor();
    await s.close();
  }
  await Promise.all([below.close(), host.close()]);
});

/** Searches from a page: each of the first results is there, the results page too, and Back leads home. */
const goThrough = async (address, words, below) => {
  const s = await open(address);
  const begin = s.tab.url();
  await type(s, words);
  const targets = await s.options.evaluateAll((all) => all.map((e) => e.href));
  assert.ok(targets.length, `nothing found from ${address}`);
  for (const target of targets) {
    assert.ok(target.startsWith(below), target);
    assert.equal((await s.tab.request.get(target)).status(), 200, target);
  }
  await s.tab.keyboard.press('ArrowDown');
  await s.tab.keyboard.press('Enter');
  await s.tab.waitForURL((u) => u.href !== begin);
  const [title, hash] = [await s.tab.locator('h1').first().innerText(), new URL(s.tab.url()).hash];
  if (hash) assert.ok(await s.tab.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`).count(), `${s.tab.url()} has no such place`);
  await s.tab.goBack();
  await s.tab.waitForURL(begin);
  await s.field.fill(words);
  await s.tab.keyboard.press('Enter');
  await s.tab.locator('.hits a').first().waitFor();
  const results = s.tab.url();
  assert.equal(query(s.tab), words);
  await s.tab.locator('.hits a').first().click();
  await s.tab.waitForURL((u) => u.href !== results);
  assert.equal(await s.tab.locator('h1').first().innerText(), title, 'the list and the results page lead to the same');
  await s.tab.goBack();
  await s.tab.locator('.hits a').first().waitFor();
  assert.equal(s.tab.url(), results);
  await s.tab.goBack();
  await s.tab.waitForURL(begin);
  await s.close();
  return { results, targets };
};

test('hosts that cut .html off addresses: each result, the results page, Back and Forward', async () => {
  for (const prefix of ['/', '/any/where/']) {
    const host = await serve(guide, { prefix, cuts: true });
    for (const [page, words] of [[file, 'hand'], ['index.html', 'hand'], ['es/terms/iep.html', 'mano'], ['ar/index.html', 'OT']]) {
      const { results } = await goThrough(host.url(page), words, host.url(''));
      assert.match(new URL(results).pathname, /\/search$/);
    }
    await host.close();
  }
});

test('addresses of folders, as urls: folder makes them, also below a path', async () => {
  const root = mkdtempSync(join(tmpdir(), 'folders-'));
  try {
    const write = (path, text) => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('site.yaml', 'title: Guide\nlanguages: [en, es]\nurls: folder\n');
    write('content/index.md', '---\ntitle: Home\n---\nHello.\n');
    write('content/home/cutting.md', '---\ntitle: Cutting\n---\nText.\n\n## Left-handed scissors\n\nThey cut.\n');
    write('content/home/paper/more.md', '---\ntitle: More paper\n---\nScissors and paper.\n');
    write('content/es/home/cutting.md', '---\ntitle: Recortar\n---\nTexto.\n\n## Tijeras para zurdos\n\nCortan.\n');
    execFileSync(program, ['build', '--no-checks', '--no-cache', '--date', '2026-12-01'], { cwd: root, stdio: 'pipe' });
    for (const prefix of ['/', '/any/where/']) {
      const host = await serve(join(root, 'public'), { prefix });
      for (const [page, words, found] of [['', 'scissors', 'home/cutting/#left-handed-scissors'], ['home/paper/more/', 'scissors', 'home/cutting/#left-handed-scissors'], ['es/home/cutting/', 'tijeras', 'es/home/cutting/#tijeras-para-zurdos']]) {
        const { targets } = await goThrough(host.url(page), words, host.url(''));
        assert.equal(targets[0], host.url(found));
      }
      await host.close();
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('a folder that was copied without a shard, the root, the reader or the script: the A to Z, not a spinner', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'search-'));
  try {
    const missing = [
      ['the shards', (to) => readdirSync(join(to, 'search')).filter((name) => statSync(join(to, 'search', name)).isDirectory()).forEach((name) => rmSync(join(to, 'search', name), { recursive: true }))],
      ['the root', (to) => rmSync(join(to, 'search/en.js'))],
      ['the reader', (to) => rmSync(join(to, 'search/reader.js'))],
    ];
    cpSync(guide, join(copy, 'all'), { recursive: true });
    for (const [name, remove] of missing) {
      remove(join(copy, 'all'));
      const s = await open(fileUrl(join(copy, 'all'), file));
      await type(s, 'scissors');
      assert.ok(await s.panel.locator('a[href$="a-z.html"]').isVisible(), name);
      assert.match(await s.panel.innerText(), /does not work/, name);
      await s.tab.keyboard.press('Enter');
      await s.tab.locator('.search-notes p').filter({ hasText: 'does not work' }).waitFor();
      assert.ok(await s.tab.locator('.search-help a[href$="a-z.html"]').isVisible(), name);
      await s.close();
    }
    for (const name of readdirSync(join(copy, 'all/assets')).filter((asset) => /^search.*js$/.test(asset))) rmSync(join(copy, 'all/assets', name));
    const s = await open(fileUrl(join(copy, 'all'), file));
    await s.field.fill('scissors');
    await s.tab.keyboard.press('Enter');
    await s.tab.waitForURL(/search\.html\?q=scissors$/);
    assert.ok(await s.tab.locator('.search-help a[href$="a-z.html"]').isVisible());
    await s.close();
  } finally {
    rmSync(copy, { recursive: true });
  }
});
