// JavaScript off: the same pages, the same way around, the same text. Over http and from disk.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { guide, oneOfEach, pages, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
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

const off = { ...still, javaScriptEnabled: false };

for (const way of wayNames) {
  test(`${way}: on a phone through menu, pager, outline, words, languages, finder, back to the start`, async () => {
    const context = await browser.newContext({ ...off, viewport: { width: 320, height: 700 } });
    const tab = await context.newPage();
    const at = (pattern) => tab.waitForURL(pattern);
    await tab.goto(url[way]('index.html'));
    const sections = await tab.locator('nav.menu .menu-items > li > a').count();
    assert.ok(sections >= 5);
    for (let i = 0; i < sections; i++) {
      await tab.locator('nav.menu summary').click();
      const link = tab.locator('nav.menu .menu-items > li > a').nth(i);
      const href = await link.getAttribute('href');
      await link.click();
      await at((u) => u.pathname.endsWith(href.replace(/^(\.\.\/)*/, '')));
      assert.ok(await tab.locator('h1').isVisible());
    }
    await tab.goto(url[way]('delivery/integrated.html'));
    await tab.locator('.outline summary').click();
    await tab.locator('.outline ol a').first().click();
    await at(/#/);
    await tab.locator('.pager a').click();
    await at(/delivery\/(?!integrated)/);
    await tab.locator('.crumbs a').first().click();
    await at(/\/index\.html$/);
    await tab.locator('.langs a[hreflang=ar]').click();
    await at(/\/ar\/index\.html$/);
    await tab.goto(url[way]('activities/find/index.html'));
    await tab.locator('.chip[data-value="posture"]').click();
    await at(/activities\/find\/posture\.html$/);
    await tab.locator('.chip[data-value="home"]').click();
    await at(/activities\/find\/posture-home\.html$/);
    await tab.locator('.chip[data-facet="where"][data-value=""]').click();
    await at(/activities\/find\/posture\.html$/);
    await tab.locator('[data-reset]').click();
    await at(/activities\/find\/index\.html$/);
    await tab.goto(url[way]('terms/iep.html'));
    assert.ok(await tab.locator('.entry-more').nth(5).isVisible(), 'without script no card is folded');
    await tab.locator('header .brand').click();
    await at(/\/index\.html$/);
    await context.close();
  });

  test(`${way}: every template reads the same with and without script`, async () => {
    const faults = new Faults();
    const [without, withScript] = await Promise.all([browser.newContext(off), browser.newContext(still)]);
    const [a, b] = await Promise.all([without.newPage(), withScript.newPage()]);
    const read = () => document.body.innerText.replace(/\s+/g, ' ');
    const links = () => [...document.querySelectorAll('a[href]')].filter((e) => e.checkVisibility()).map((e) => e.getAttribute('href')).join(' ');
    // The results page says what it cannot do without script.
    for (const file of oneOfEach(pages(guide)).filter((one) => template(one) !== 'search')) {
      await Promise.all([a, b].map((tab) => tab.goto(url[way](file))));
      // With script the words and cards of a page are folded until somebody wants them, and there are buttons that need one.
      await b.evaluate(() => {
        document.querySelectorAll('.fold').forEach((button) => button.click());
        document.querySelectorAll('.quiet, .chosen, .score-form').forEach((own) => own.remove());
      });
      for (const tab of [a, b]) await tab.evaluate(() => document.querySelectorAll('[data-print]').forEach((hint) => hint.remove()));
      if (await a.evaluate(read) !== await b.evaluate(read)) faults.add(file, 'the text differs');
      if (await a.evaluate(links) !== await b.evaluate(links)) faults.add(file, 'the links differ');
    }
    await Promise.all([without.close(), withScript.close()]);
    faults.check('With and without script:');
  });
}

test('no page has a control that does nothing without script', () => {
  const faults = new Faults();
  for (const file of pages(guide)) {
    // The search is a form that leads on without script (search.test.mjs).
    const html = text(guide, file).replace(/<form class="search"[^]*?<\/form>/g, '');
    for (const tag of ['button', 'input', 'select', 'textarea', 'form', 'dialog']) {
      if (new RegExp(`<${tag}[ >]`).test(html)) faults.add(file, `<${tag}>`);
    }
    if (/ on[a-z]+="/.test(html.replace(/<script[^]*?<\/script>/g, ''))) faults.add(file, 'an event attribute');
    if (/href="(javascript:|#")/.test(html)) faults.add(file, 'a link that leads nowhere');
  }
  faults.check('Needs script:');
});
