// The handbook on special education, as the starter gives it: its way around without script and by keyboard, over http and
// from disk, what its pages weigh, and that it holds no page of the guide to school OT. Its pages are looked at by axe-core
// in pages.test.mjs and by the HTML checkers in html.test.mjs.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { handbook, pages, shown, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';
import { wayNames, ways } from './support/ways.mjs';

let browser, url;
before(async () => {
  browser = await launch();
  url = await ways(handbook);
});
after(async () => {
  await browser?.close();
  await url?.close();
});

const off = { ...still, javaScriptEnabled: false };

for (const way of wayNames) {
  test(`${way}: without script on a phone through menu, pager, words and languages, back to the start`, async () => {
    const context = await browser.newContext({ ...off, viewport: { width: 320, height: 700 } });
    const tab = await context.newPage();
    await tab.goto(url[way]('index.html'));
    const links = tab.locator('nav.menu .menu-items > li > a');
    const sections = await links.count();
    assert.ok(sections >= 5, `${sections} sections`);
    for (let i = 0; i < sections; i++) {
      await tab.locator('nav.menu summary').first().click();
      const href = await links.nth(i).getAttribute('href');
      await links.nth(i).click();
      await tab.waitForURL((to) => to.pathname.endsWith(href.replace(/^(\.\.\/)*/, '')));
      assert.ok(await tab.locator('h1').isVisible(), href);
    }
    await tab.goto(url[way]('parents/two-consents.html'));
    await tab.locator('.pager a').click();
    await tab.waitForURL(/\/(?!two-consents)[^/]+\.html$/);
    // Two languages need no list.
    await tab.locator('header a[hreflang=es]').first().click();
    await tab.waitForURL(/\/es\//);
    assert.equal(await tab.locator('html').getAttribute('lang'), 'es');
    await tab.locator('header .brand').click();
    await tab.waitForURL(/\/es\/index\.html$/);
    await context.close();
  });

  test(`${way}: by keyboard to the text, into the menu and out`, async () => {
    const tab = await browser.newPage({ ...still, viewport: { width: 360, height: 740 } });
    for (const file of ['index.html', 'es/meetings/goals.html']) {
      await tab.goto(url[way](file));
      await tab.keyboard.press('Tab');
      assert.equal(await tab.evaluate(() => document.activeElement.getAttribute('href')), '#main', file);
      await tab.keyboard.press('Enter');
      assert.equal(await tab.evaluate(() => document.activeElement.id), 'main', file);
      const summary = tab.locator('nav.menu summary').first();
      await summary.focus();
      await tab.keyboard.press('Enter');
      assert.ok(await tab.locator('nav.menu .menu-items a').first().isVisible(), file);
      await tab.keyboard.press('Tab');
      assert.ok(await tab.evaluate(() => document.activeElement.closest('nav.menu') !== null), file);
    }
    await tab.close();
  });
}

for (const way of wayNames) {
  test(`${way}: the search finds what parents ask, in both languages`, async () => {
    const tab = await browser.newPage({ ...still, viewport: { width: 1280, height: 900 } });
    for (const [file, words, leads] of [
      ['meetings/goals.html', 'consent', /two-consents/],
      ['meetings/goals.html', 'independant evaluation', /independent|evaluation/],
      ['es/meetings/goals.html', 'consentimiento', /\/es\/.*consent/],
    ]) {
      await tab.goto(url[way](file));
      const form = tab.locator('[data-search-script]').last();
      await form.locator('input').focus();
      await form.locator('input').pressSequentially(words);
      await tab.waitForFunction(([f, w]) => f.dataset.searched === w, [await form.elementHandle(), words], { timeout: 15000 });
      const options = form.getByRole('option');
      assert.ok(await options.count() > 0, `${words}: nothing found`);
      const found = await options.evaluateAll((all) => all.slice(0, 3).map((one) => (one.href ?? one.querySelector('a')?.href ?? one.dataset.href ?? one.outerHTML)));
      assert.ok(found.some((href) => leads.test(href)), `${words}: ${found.join(' ')}`);
    }
    await tab.close();
  });
}

test('it holds no page of the guide to school OT, and none speaks of OT as its topic', () => {
  const faults = new Faults();
  const all = shown(handbook);
  assert.ok(all.length >= 100, `${all.length} pages`);
  for (const file of all) {
    if (/^(es\/)?(activities|delivery|topics)\//.test(file)) faults.add(file, 'is of the guide to school OT');
    const page = text(handbook, file);
    for (const word of ['OT guide', 'guide to school OT', 'school-based occupational', 'Ask the OT', 'Pregunte al terapeuta', 'activities/find']) {
      if (page.includes(word)) faults.add(file, word);
    }
  }
  faults.check('The handbook:');
});

test('every page with style, script and pictures is at most 50 KB', () => {
  const known = new Map();
  const size = (file) => {
    if (!known.has(file)) known.set(file, gzipSync(readFileSync(join(handbook, file)), { level: 6 }).length);
    return known.get(file);
  };
  const faults = new Faults();
  for (const file of pages(handbook).filter((one) => template(one) !== 'print-whole')) {
    const parts = new Set([file]);
    for (const link of read(text(handbook, file)).links) {
      const loads = link.attribute === 'src' || (link.tag === 'link' && /stylesheet|icon/.test(link.rel ?? ''));
      if (loads && !link.value.startsWith('data:')) parts.add(posix.join(posix.dirname(file), link.value));
    }
    const bytes = [...parts].reduce((sum, part) => sum + size(part), 0);
    if (bytes > 50_000) faults.add(file, `${bytes} bytes`);
  }
  faults.check('More than 50 KB:');
});
