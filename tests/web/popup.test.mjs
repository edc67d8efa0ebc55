// A glossary word is a link first. With script it opens its meaning in place: by mouse, by touch, by keyboard; it can be
// pointed into, stays until it is dismissed, and Escape, its button or a tap outside close it and give the focus back.
// Over http and from disk.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { guide, pages, split, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { inject, violations } from './support/axe.mjs';
import { overflow } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { wayNames, ways } from './support/ways.mjs';

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
const open = async (way, options = {}, page = file) => {
  const tab = await browser.newPage({ ...still, ...options });
  await tab.goto(url[way](page));
  return { tab, word: tab.locator('main a.term').first(), pop: tab.getByRole('dialog') };
};
const focused = (locator) => locator.evaluate((e) => e === document.activeElement || e.contains(document.activeElement));

test('the pop-up comes when a word is touched; where it cannot come, the link leads on', async () => {
  const { tab, word } = await open('http');
  const loaded = () => tab.locator('script[src*="popup"]').count();
  assert.equal(await loaded(), 0, 'nobody pays for what nobody asks for');
  await tab.route(/popup\.[^/]*js$/, (route) => route.abort());
  const target = await word.evaluate((e) => e.href);
  await word.click();
  await tab.waitForURL(target);
  await tab.close();
  // A slow line: what was asked for meanwhile is done once.
  const slow = await open('http');
  await slow.tab.route(/popup\.[^/]*$/, async (route) => { await new Promise((done) => setTimeout(done, 400)); await route.continue(); });
  await slow.word.click();
  await slow.pop.waitFor({ timeout: 5000 });
  assert.equal(await slow.pop.count(), 1);
  assert.equal(await slow.tab.locator('script[src*="popup"]').count(), 1);
  await slow.tab.close();
  // The script is there, its style is not: a click counts once.
  const late = await open('http');
  await late.tab.route(/popup\.[^/]*css$/, async (route) => { await new Promise((done) => setTimeout(done, 1500)); await route.continue(); });
  await late.word.hover();
  await late.tab.waitForFunction(() => window.guidepostPopup);
  await late.word.click();
  await late.pop.waitFor({ timeout: 5000 });
  await late.tab.waitForTimeout(500);
  assert.equal(await late.pop.count(), 1, 'it stays open');
  await late.tab.close();
});

for (const way of wayNames) {
  for (const key of ['Enter', 'Space']) {
    test(`${way}: ${key} opens the meaning, Escape closes it, the focus returns`, async () => {
      const { tab, word, pop } = await open(way);
      const address = tab.url();
      assert.equal(await word.getAttribute('aria-expanded'), 'false');
      await word.focus();
      await tab.keyboard.press(key);
      await pop.waitFor({ timeout: 3000 });
      assert.equal(await word.getAttribute('aria-expanded'), 'true');
      const meaning = await tab.evaluate((id) => document.querySelector(`[data-word="${id}"] dd`).textContent.trim(), await word.getAttribute('data-term'));
      assert.ok((await pop.innerText()).replace(/\s+/g, '').includes(meaning.replace(/\s+/g, '').slice(0, 40)), 'the meaning is in it');
      assert.ok(await pop.getAttribute('aria-labelledby'), 'it has a name');
      assert.ok(await focused(pop), 'the focus is in it');
      await tab.keyboard.press('Escape');
      assert.equal(await pop.count(), 0);
      assert.ok(await focused(word), 'the focus is back on the word');
      assert.equal(await word.getAttribute('aria-expanded'), 'false');
      assert.equal(tab.url(), address, 'the page is the same');
      await tab.close();
    });
  }

  test(`${way}: Tab goes through the meaning and back to the word; its button closes it`, async () => {
    const { tab, word, pop } = await open(way);
    await word.focus();
    await tab.keyboard.press('Enter');
    await pop.waitFor();
    await tab.keyboard.press('Tab');
    assert.ok(await focused(pop.locator('a')), 'first the link on');
    await tab.keyboard.press('Tab');
    assert.ok(await focused(pop.locator('button')), 'then the button');
    await tab.keyboard.press('Tab');
    assert.equal(await pop.count(), 0, 'leaving closes it');
    assert.ok(await focused(word));
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('Enter');
    assert.equal(await pop.count(), 0);
    assert.ok(await focused(word));
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Tab');
    const target = await word.evaluate((e) => e.href);
    await tab.keyboard.press('Enter');
    await tab.waitForURL(target);
    await tab.close();
  });

  test(`${way}: the mouse opens it by resting, may enter it, and Escape closes it without moving`, async () => {
    const { tab, word, pop } = await open(way);
    await word.scrollIntoViewIfNeeded();
    await word.hover();
    await pop.waitFor({ timeout: 3000 });
    const box = await pop.boundingBox(), from = await word.boundingBox();
    for (let step = 1; step <= 10; step++) {
      await tab.mouse.move(from.x + 5 + ((box.x + 30 - from.x) * step) / 10, from.y + 5 + ((box.y + 20 - from.y) * step) / 10);
    }
    await tab.waitForTimeout(1200);
    assert.equal(await pop.count(), 1, 'it stays while the mouse is in it');
    await tab.keyboard.press('Escape');
    assert.equal(await pop.count(), 0, 'Escape closes it');
    await word.hover();
    await pop.waitFor({ timeout: 3000 });
    await tab.mouse.move(2, 2);
    await pop.waitFor({ state: 'detached', timeout: 3000 });
    await word.click();
    await tab.mouse.move(2, 2);
    await tab.waitForTimeout(900);
    assert.equal(await pop.count(), 1, 'a click keeps it open');
    await tab.mouse.click(5, 300);
    assert.equal(await pop.count(), 0, 'a click outside closes it');
    await tab.close();
  });

  test(`${way}: a tap opens it at the foot of a phone, a tap outside closes it`, async () => {
    const { tab, word, pop } = await open(way, { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true });
    await word.scrollIntoViewIfNeeded();
    await word.tap();
    await pop.waitFor({ timeout: 3000 });
    const box = await pop.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 360.5 && box.y + box.height <= 700.5, JSON.stringify(box));
    assert.deepEqual(await overflow(tab), []);
    const button = await pop.locator('button').boundingBox();
    assert.ok(button.width >= 24 && button.height >= 24, 'the button is large enough');
    const under = await word.boundingBox();
    assert.ok(under.y + under.height <= box.y + 1, `the sheet lies over its word: ${under.y} and ${box.y}`);
    // The edge of the page, beside the text.
    await tab.touchscreen.tap(4, 120);
    await pop.waitFor({ state: 'detached', timeout: 3000 });
    assert.ok(tab.url().endsWith(file), 'the tap outside did not lead away');
    await word.scrollIntoViewIfNeeded();
    await word.tap();
    await pop.locator('button').tap();
    assert.equal(await pop.count(), 0);
    await tab.close();
  });

  test(`${way}: a click with Ctrl opens the word's page in a new tab as any link does`, async () => {
    const context = await browser.newContext(still);
    const tab = await context.newPage();
    await tab.goto(url[way](file));
    const [other] = await Promise.all([context.waitForEvent('page'), tab.locator('main a.term').first().click({ modifiers: ['Control'] })]);
    await other.waitForURL(/terms\/.*#/);
    assert.ok(tab.url().endsWith(file), 'this tab stays where it is');
    await context.close();
  });

  test(`${way}: without script the word is a plain link to its entry`, async () => {
    const context = await browser.newContext({ ...still, javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(url[way](file));
    const word = tab.locator('main a.term').first();
    assert.equal(await word.getAttribute('aria-haspopup'), null);
    const id = (await word.getAttribute('href')).split('#')[1];
    await word.click();
    await tab.waitForURL(/terms\//);
    assert.ok(await tab.locator(`[id="${id}"]`).isVisible());
    await context.close();
  });
}

// In a glossary the entry itself is on the page: there the link leads down to it. Pages for paper hold the glossary.
test('every word on every page has its meaning on that page', () => {
  const faults = new Faults();
  let words = 0;
  for (const page of pages(guide)) {
    const html = text(guide, page);
    const rows = new Set([...html.matchAll(/ data-word="([^"]+)"/g)].map((m) => m[1]));
    if (template(page).startsWith('print-')) continue;
    for (const [, href, id] of html.matchAll(/ href="([^"]+)" data-term="([^"]+)"/g)) {
      words++;
      if (href.startsWith('#')) continue;
      if (!rows.has(id)) faults.add(page, `"${id}" has no meaning on the page`);
    }
  }
  assert.ok(words > 500, `only ${words} words`);
  faults.check('Words on this page:');
});

test('axe finds nothing with a meaning open, and it fits, on the first and the last word, in every language', async () => {
  const faults = new Faults();
  const tab = await browser.newPage(still);
  for (const page of [file, 'es/delivery/integrated.html', 'ar/index.html', 'ar/parents/index.html']) {
    for (const width of [320, 768, 1280]) {
      await tab.setViewportSize({ width, height: 800 });
      await tab.goto(url.http(page));
      await inject(tab);
      const words = tab.locator('main a.term[aria-haspopup]');
      if (await words.count() === 0) { faults.add(page, `no words (${split(page).lang})`); continue; }
      for (const word of [words.first(), words.last()]) {
        await word.focus();
        await tab.keyboard.press('Enter');
        const pop = tab.getByRole('dialog');
        await pop.waitFor();
        const box = await pop.boundingBox();
        if (box.x < -0.5 || box.x + box.width > width + 0.5) faults.add(`${page} at ${width}`, 'it is not inside the window');
        for (const colorScheme of ['light', 'dark']) {
          await tab.emulateMedia({ colorScheme });
          faults.addAll(`${page} at ${width} ${colorScheme}`, [...await violations(tab), ...await overflow(tab)]);
        }
        await tab.keyboard.press('Escape');
      }
    }
  }
  await tab.close();
  faults.check('With a meaning open:');
});
