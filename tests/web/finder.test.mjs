// The activity finder. Without script: ready-made pages as plain links, with true counts. With script: the same choice at
// once on one page, by mouse, touch and keyboard, over http and from disk, and it is told to a screen reader.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { guide, pages, split, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { inject, violations } from './support/axe.mjs';
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

const file = 'activities/find/index.html';
const entries = (html) => [...html.matchAll(/<div class="(?:entry entry-activity|found)" id="([^"]+)"/g)].map((m) => m[1]);
const chips = (html) => [...html.matchAll(/<a class="chip" href="([^"]+)"([^>]*)>(.*?)<\/a>/g)].map(([, href, rest, inner]) => ({
  href,
  facet: rest.match(/data-facet="([^"]*)"/)?.[1],
  value: rest.match(/data-value="([^"]*)"/)?.[1],
  current: /aria-current/.test(rest),
  count: Number(inner.match(/class="count">(\d+)/)?.[1] ?? NaN),
})).filter((chip) => chip.value !== '');

test('the counts on all choices of all finder pages are true', () => {
  const faults = new Faults();
  const held = new Map(pages(guide).filter((f) => template(f).startsWith('finder')).map((f) => [f, text(guide, f)]));
  assert.ok(held.size > 100, `only ${held.size} finder pages`);
  let counts = 0;
  for (const [page, html] of held) {
    if (template(page) === 'finder-choice' && entries(html).length === 0) faults.add(page, 'a ready-made page without an activity');
    for (const chip of chips(html).filter((c) => !c.current)) {
      const target = posix.join(posix.dirname(page), chip.href.split('#')[0]);
      const there = held.get(target);
      if (!there) faults.add(page, `the choice ${chip.value} leads to ${target}`);
      else if (entries(there).length !== chip.count) faults.add(page, `${chip.value} says ${chip.count}, and ${target} has ${entries(there).length}`);
      counts++;
    }
  }
  faults.check('Counts:');
  console.log(`# ${counts} counts on ${held.size} pages`);
});

for (const way of wayNames) {
  test(`${way}: a choice shows at once what its ready-made page shows, for every choice`, async () => {
    const tab = await browser.newPage(still);
    const faults = new Faults();
    for (const page of [file, `es/${file}`, `ar/${file}`]) {
      await tab.goto(url[way](page));
      const total = await tab.locator('.entry:visible').count();
      for (const { href, facet, value, count } of chips(text(guide, page))) {
        const chip = tab.locator(`.chip[data-facet="${facet}"][data-value="${value}"]`);
        await chip.click();
        const shown = await tab.evaluate(() => [...document.querySelectorAll('.finder .entry')].filter((e) => e.checkVisibility()).map((e) => e.id));
        const ready = entries(text(guide, posix.join(posix.dirname(page), href)));
        if (shown.join() !== ready.join()) faults.add(page, `${value}: shows ${shown.length}, its page has ${ready.length}`);
        if (shown.length !== count) faults.add(page, `${value}: says ${count}, shows ${shown.length}`);
        if (await chip.getAttribute('aria-pressed') !== 'true') faults.add(page, `${value} is not told as pressed`);
        await chip.click();
        if (await tab.locator('.entry:visible').count() !== total) faults.add(page, `${value} cannot be taken back`);
      }
    }
    await tab.close();
    faults.check('Choices:');
  });

  test(`${way}: two choices, the number told, the address kept, all again`, async () => {
    const tab = await browser.newPage(still);
    await tab.goto(url[way](file));
    const visible = () => tab.locator('.finder .entry:visible').count();
    const all = await visible();
    const status = tab.getByRole('status');
    const before = await status.innerText();
    await tab.locator('.chip[data-value="fine-motor"]').click();
    await tab.locator('.chip[data-value="home"]').click();
    const two = await visible();
    assert.ok(two > 0 && two < all);
    assert.match(await status.innerText(), new RegExp(`\\b${two}\\b`));
    assert.notEqual(await status.innerText(), before);
    assert.equal(two, entries(text(guide, 'activities/find/fine-motor-home.html')).length);
    const address = tab.url();
    assert.match(address, /#.*fine-motor/);
    await tab.goto('about:blank');
    await tab.goto(address);
    assert.equal(await visible(), two, 'the address brings the choice back');
    // A choice that would leave nothing says so, and does nothing.
    const none = tab.locator('.chip[aria-disabled=true]');
    if (await none.count()) {
      assert.match(await none.first().innerText(), /\b0\b/);
      await none.first().click({ force: true });
      assert.equal(await visible(), two);
    }
    await tab.locator('[data-reset]').click();
    assert.equal(await visible(), all);
    assert.ok(await tab.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
    await tab.close();
  });

  test(`${way}: with the keyboard and by touch`, async () => {
    const tab = await browser.newPage({ ...still, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await tab.goto(url[way](file));
    const chip = tab.locator('.chip[data-value="sensory"]');
    const all = await tab.locator('.finder .entry:visible').count();
    for (const act of [() => tab.keyboard.press('Space'), () => tab.keyboard.press('Enter')]) {
      await chip.focus();
      await act();
      assert.equal(await chip.getAttribute('aria-pressed'), 'true');
      assert.ok(await tab.locator('.finder .entry:visible').count() < all);
      assert.ok(await chip.evaluate((e) => e === document.activeElement), 'the focus stays on the choice');
      await act();
      assert.equal(await chip.getAttribute('aria-pressed'), 'false');
    }
    await chip.tap();
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
    await tab.close();
  });
}

test('axe finds nothing after choices, at three widths, light and dark', async () => {
  const faults = new Faults();
  const tab = await browser.newPage(still);
  for (const page of [file, `ar/${file}`]) {
    await tab.goto(url.http(page));
    await inject(tab);
    await tab.locator('.chip[data-value="posture"]').click();
    await tab.locator('.chip[data-value="class"]').click();
    for (const width of [320, 768, 1280]) {
      await tab.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark']) {
        await tab.emulateMedia({ colorScheme });
        faults.addAll(`${split(page).lang} ${width} ${colorScheme}`, await violations(tab));
      }
    }
  }
  await tab.close();
  faults.check('After choices:');
});

test('a choice can be printed: the list is on paper, the buttons are not', async () => {
  const tab = await browser.newPage(still);
  await tab.goto(url.http(file));
  await tab.locator('.chip[data-value="posture"]').click();
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.locator('.chip:visible').count(), 0);
  assert.equal(await tab.locator('.finder .entry:visible').count(), entries(text(guide, 'activities/find/posture.html')).length);
  await tab.close();
});
