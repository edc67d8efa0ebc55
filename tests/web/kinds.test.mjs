// A guide on another topic, with kinds of its own: its fields, cards, finders and handouts in three languages, one of them
// from right to left and one without words of the theme. With and without script, over http and from disk.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { kindergarten, pages, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { inject, violations } from './support/axe.mjs';
import { Faults } from './support/report.mjs';
import { wayNames, ways } from './support/ways.mjs';

let browser, url;
before(async () => {
  browser = await launch();
  url = await ways(kindergarten);
});
after(async () => {
  await browser?.close();
  await url?.close();
});

const finders = ['events/find', 'supplies/find'];
const languages = ['', 'ar/', 'vi/'];
const off = { ...still, javaScriptEnabled: false };
const ids = (html) => [...html.matchAll(/<div class="found" id="([^"]+)"/g)].map((m) => m[1]);
const chips = (html) => [...html.matchAll(/<a class="chip" href="([^"]+)"([^>]*)>(.*?)<\/a>/g)].map(([, href, rest, inner]) => ({
  href,
  facet: rest.match(/data-facet="([^"]*)"/)[1],
  value: rest.match(/data-value="([^"]*)"/)[1],
  count: Number(inner.match(/class="count">(\d+)/)?.[1] ?? NaN),
})).filter((chip) => chip.value !== '');

for (const way of wayNames) {
  test(`${way}: each choice of each finder shows at once what its ready-made page shows`, async () => {
    const tab = await browser.newPage(still);
    const faults = new Faults();
    let clicks = 0;
    for (const file of languages.flatMap((lang) => finders.map((finder) => `${lang}${finder}/index.html`))) {
      await tab.goto(url[way](file));
      const all = chips(text(kindergarten, file));
      assert.ok(all.length >= 3, `${file} has ${all.length} choices`);
      for (const { href, facet, value, count } of all) {
        const chip = tab.locator(`.chip[data-facet="${facet}"][data-value="${value}"]`);
        await chip.click();
        const shown = await tab.evaluate(() => [...document.querySelectorAll('.finder .entry')].filter((e) => e.checkVisibility()).map((e) => e.id));
        const ready = ids(text(kindergarten, posix.join(posix.dirname(file), href)));
        if (shown.join() !== ready.join()) faults.add(file, `${facet} ${value}: shows ${shown}, its page has ${ready}`);
        if (shown.length !== count || count === 0) faults.add(file, `${facet} ${value}: says ${count}, shows ${shown.length}`);
        await chip.click();
        clicks++;
      }
    }
    await tab.close();
    faults.check('Choices:');
    assert.ok(clicks >= 30, `${clicks} choices`);
  });

  test(`${way}: without script from the menu to an event for a child of three, on paper, and to who hosts it`, async () => {
    const context = await browser.newContext({ ...off, viewport: { width: 360, height: 740 } });
    const tab = await context.newPage();
    for (const lang of languages) {
      await tab.goto(url[way](`${lang}index.html`));
      await tab.locator('nav.menu summary').click();
      await tab.locator('nav.menu .menu-ways a[href*="events/find"]').click();
      await tab.waitForURL(/events\/find\/index\.html$/);
      await tab.locator('.chip[data-facet="ages"][data-value="3"]').click();
      await tab.waitForURL(/events\/find\/ages-3\.html$/);
      const found = await tab.locator('.finder .found').evaluateAll((all) => all.map((e) => e.id));
      assert.ok(found.includes('open-house') && !found.includes('swim-day'), `${lang}: ${found}`);
      await tab.locator('#open-house h3 a').click();
      await tab.waitForURL(/events\/calendar\.html#open-house$/);
      await tab.locator('#open-house a[href*="people.html#ana-example"]').click();
      await tab.waitForURL(/people\.html#ana-example$/);
      assert.ok(await tab.locator('#ana-example a[href="mailto:ana@example.org"]').isVisible());
      assert.ok(await tab.locator('#ana-example img').evaluate((e) => e.naturalWidth > 0));
      await tab.locator('#ana-example a[href$="programs/half-day.html"]').click();
      await tab.waitForURL(/programs\/half-day\.html$/);
      assert.ok(await tab.locator('.facts a[href="https://www.example.org/apply/"]').isVisible(), `${lang}: what the section says`);
    }
    await context.close();
  });
}

test('values are in the words of the page', async () => {
  const tab = await browser.newPage(still);
  const facts = async (file) => {
    await tab.goto(url.http(file));
    return tab.locator('.body > .facts').innerText();
  };
  const english = await facts('programs/half-day.html');
  for (const words of ['3 to 5', 'Monday, Wednesday', 'Yes', '2.5', 'May 1, 2027', '1 year']) assert.ok(english.includes(words), words);
  assert.ok(!english.includes('18'), 'a field that is not to be shown');
  const arabic = await facts('ar/programs/half-day.html');
  for (const words of ['من 3 إلى 5', 'الاثنين, الأربعاء', 'نعم', 'مايو 2027', 'سنة واحدة']) assert.ok(arabic.includes(words), words);
  assert.ok(!arabic.includes('Yes') && !arabic.includes('May'));
  await tab.close();
});

test('axe finds nothing on pages, cards, finders and handouts, at two widths, and nothing is cut off', async () => {
  const faults = new Faults();
  const tab = await browser.newPage(still);
  const files = languages.flatMap((lang) => ['programs/index.html', 'programs/half-day.html', 'people.html', 'events/find/index.html', 'handouts/first-day.html', 'a-z.html'].map((file) => lang + file));
  for (const file of files) {
    await tab.goto(url.http(file));
    await inject(tab);
    for (const width of [320, 1280]) {
      await tab.setViewportSize({ width, height: 800 });
      faults.addAll(`${file} ${width}`, await violations(tab));
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
      if (wide) faults.add(file, `wider than ${width}`);
    }
  }
  await tab.close();
  faults.check('A guide on another topic:');
});

test('no page speaks of kinds that were taken away', () => {
  const faults = new Faults();
  for (const file of pages(kindergarten)) {
    for (const word of ['activities/find', 'class="entry entry-activity"', '>Activities<', 'assessments/']) {
      if (text(kindergarten, file).includes(word)) faults.add(file, word);
    }
  }
  faults.check('Taken away:');
});
