// With the keyboard alone, over http and from disk, on a phone's width and a desktop's: everything that can be clicked
// is reached in the order of the page, and every stop can be seen: in the window, not covered, with a ring that stands
// out (3:1). The skip link skips; menus open, close and let go.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
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

const walked = ['index.html', 'terms/iep.html', 'activities/find/index.html', 'ar/index.html'];

/** All that can be reached, in the order of the page; kept in the page as `stops`. */
const collect = (page) => page.evaluate(() => {
  window.stops = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex]')]
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  return window.stops.length;
});

/** What is wrong with the element that has the focus now; its place in `stops`, -1 for the page itself, -2 for others. */
const look = (page) => page.evaluate(() => {
  const e = document.activeElement, wrong = [];
  if (!e || e === document.body || e === document.documentElement) return { at: -1, wrong };
  const name = `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} "${e.textContent.trim().slice(0, 30)}"`;
  const boxes = [...e.getClientRects()].filter((b) => b.width > 0 && b.height > 0);
  const inside = boxes.filter((b) => b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth);
  if (!inside.length) wrong.push(`the focus is out of the window: ${name}`);
  const seen = inside.some((b) => [0.5, 0.1, 0.9].some((x) => [0.5, 0.15, 0.85].some((y) => {
    const top = document.elementFromPoint(b.left + b.width * x, b.top + b.height * y);
    return top && (e.contains(top) || top.contains(e));
  })));
  if (inside.length && !seen) wrong.push(`the focus is covered: ${name}`);
  const style = getComputedStyle(e);
  const rgb = (color) => color.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push(`no ring: ${name}`);
  else {
    const offset = parseFloat(style.outlineOffset);
    let behind = offset >= 0 ? e.parentElement : e;
    while (behind && (rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
    const a = light(rgb(style.outlineColor)), b = light(behind ? rgb(getComputedStyle(behind).backgroundColor) : [255, 255, 255]);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 3) wrong.push(`the ring is pale (${ratio.toFixed(1)}:1): ${name}`);
  }
  const at = window.stops.indexOf(e);
  // Chromium lets the keyboard into boxes that scroll; that is right.
  const scrolls = e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight;
  if (at < 0 && !scrolls) wrong.push(`a stop that is no control: ${name}`);
  return { at: at < 0 ? -2 : at, wrong };
});

for (const way of wayNames) {
  for (const width of [320, 1280]) {
    for (const colorScheme of way === 'http' ? ['light', 'dark'] : ['light']) {
      test(`${way}, ${width} px, ${colorScheme}: everything is reached in order and can be seen`, async () => {
        const faults = new Faults();
        const page = await browser.newPage({ ...still, colorScheme, viewport: { width, height: 700 } });
        for (const file of walked) {
          await page.goto(url[way](file));
          const count = await collect(page);
          assert.ok(count > 20, `${file}: only ${count} stops`);
          const order = [];
          for (let press = 0; press < count * 2 + 20; press++) {
            await page.keyboard.press('Tab');
            const { at, wrong } = await look(page);
            if (at === -1 || order.includes(at) && at >= 0) break;
            order.push(at);
            faults.addAll(file, wrong);
          }
          const reached = order.filter((at) => at >= 0);
          if (reached.length !== count) {
            const missing = await page.evaluate((got) => window.stops.filter((_, i) => !got.includes(i)).map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 30)}`), reached);
            faults.add(file, `not reached: ${missing.slice(0, 5).join(', ')} (${missing.length} of ${count})`);
          }
          if (reached.some((at, i) => i > 0 && at < reached[i - 1])) faults.add(file, 'the order of the stops is not that of the page');
        }
        await page.close();
        faults.check('With the keyboard:');
      });
    }
  }

  test(`${way}: backwards from the end, everything is reached and seen too`, async () => {
    const faults = new Faults();
    const page = await browser.newPage({ ...still, viewport: { width: 1280, height: 700 } });
    await page.goto(url[way]('index.html'));
    const count = await collect(page);
    await page.evaluate(() => window.stops.at(-1).focus());
    for (let at = count - 1; at > 0; at--) {
      await page.keyboard.press('Shift+Tab');
      const now = await look(page);
      faults.addAll('index.html', now.wrong);
      if (now.at === -2) at++;
      else if (now.at !== at - 1) { faults.add('index.html', `after stop ${at} comes ${now.at}`); break; }
    }
    await page.close();
    faults.check('Backwards:');
  });

  test(`${way}: the skip link is the first stop, is seen, and leads past the menu`, async () => {
    for (const file of ['index.html', 'terms/iep.html', 'activities/find/index.html', 'ar/index.html']) {
      const page = await browser.newPage(still);
      await page.goto(url[way](file));
      await page.keyboard.press('Tab');
      const skip = page.locator(':focus');
      assert.equal(await skip.getAttribute('href'), '#main', file);
      const box = await skip.boundingBox();
      assert.ok(box.y >= 0 && box.x >= 0 && box.height >= 24, `${file}: ${JSON.stringify(box)}`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), `${file}: the next stop is not in main`);
      await page.close();
    }
  });

  test(`${way}: the menu on a phone opens and closes with the keyboard, and the languages are links`, async () => {
    const page = await browser.newPage({ ...still, viewport: { width: 320, height: 700 } });
    await page.goto(url[way]('delivery/integrated.html'));
    const menu = page.locator('nav.menu summary'), entry = page.locator('.menu-list a').first();
    assert.equal(await entry.isVisible(), false);
    await menu.focus();
    await page.keyboard.press('Enter');
    assert.ok(await entry.isVisible());
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('.menu-list').contains(document.activeElement)), 'the menu is not what follows its button');
    await menu.focus();
    await page.keyboard.press('Space');
    assert.equal(await entry.isVisible(), false);

    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.equal(await entry.isVisible(), false, 'Escape does not close the menu');
    assert.ok(await menu.evaluate((e) => e === document.activeElement), 'the focus is lost');
    await page.keyboard.press('Enter');
    await page.locator('main a').first().focus();
    assert.equal(await entry.isVisible(), false, 'the menu stays open behind the focus');
    const spanish = page.locator('.langs a[hreflang=es]');
    await spanish.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/es\/delivery\/integrated\.html$/);
    await page.close();
  });
}
