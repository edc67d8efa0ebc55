// What a script opens: axe-core (WCAG 2.2 AA and best practices) on each such state, at 320, 768 and 1280 px, light and dark, in English,
// Spanish and Arabic. A state is opened as a reader opens it, and must be there before it is judged; nothing is wider than the window then.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { guide } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { Matrix, inject } from './support/axe.mjs';
import { overflow } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';

const widths = [320, 768, 1280], languages = ['', 'es/', 'ar/'];
/** From this width on the menu and the outline are columns that are always there. */
const wideMenu = 992, wideOutline = 1280;

/** Each state: the page, what is done, and what is seen then. Without `upTo` at every width. */
const states = [
  { name: 'menu', page: 'parents/two-consents.html', upTo: wideMenu, open: (p) => p.locator('.menu-toggle summary').click(), seen: '.menu-list' },
  { name: 'on this page', page: 'parents/two-consents.html', upTo: wideOutline, open: (p) => p.locator('.outline summary').click(), seen: '.outline ol' },
  { name: 'search', page: 'parents/two-consents.html', open: async (p) => { await p.keyboard.press('/'); await p.keyboard.type('IEP', { delay: 20 }); }, seen: '.search [role=listbox] [role=option]' },
  { name: 'no result', page: 'parents/two-consents.html', open: async (p) => { await p.keyboard.press('/'); await p.keyboard.type('xqzxqz', { delay: 20 }); }, seen: '.search [role=status]:not(:empty)' },
  { name: 'word', page: 'parents/two-consents.html', open: (p) => p.locator('a.term').first().click(), seen: '[role=dialog]' },
  { name: 'words on this page', page: 'parents/two-consents.html', open: (p) => p.locator('.words .fold').click(), seen: '.words dl' },
  { name: 'questions', page: 'parents/two-consents.html', open: (p) => p.locator('.questions input').first().check(), seen: '.chosen' },
  { name: 'finder', page: 'activities/find/index.html', open: (p) => p.locator('[data-facet][data-value="4"]').click(), seen: '.chip[aria-pressed=true][data-value="4"]' },
  { name: 'copied', page: 'parents/two-consents.html', open: (p) => p.locator('.body .link').first().click(), seen: '.said:not(:empty)' },
];

let browser, server;
before(async () => {
  browser = await launch();
  server = await serve(guide);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const { name, page, upTo = Infinity, open, seen } of states) {
  test(`${name}: axe finds nothing, at every width, in both schemes and three languages`, async () => {
    const faults = new Faults();
    let cells = 0;
    for (const width of widths.filter((one) => one < upTo)) {
      const matrix = new Matrix([width]);
      for (const language of languages) {
        const context = await browser.newContext({ ...still, viewport: { width, height: 900 }, permissions: ['clipboard-write'] });
        const tab = await context.newPage();
        await tab.goto(server.url(`${language}${page}`));
        await open(tab);
        await tab.locator(seen).first().waitFor({ state: 'visible', timeout: 15_000 });
        await inject(tab);
        await matrix.check(tab, (_, scheme, what) => faults.add(`${language}${page} at ${width} ${scheme}`, what));
        faults.addAll(`${language}${page} at ${width}`, await overflow(tab));
        assert.ok(await tab.locator(seen).first().isVisible(), `${name} is still there at ${width}`);
        await context.close();
      }
      cells += matrix.cells;
    }
    assert.equal(cells, widths.filter((one) => one < upTo).length * languages.length * 2);
    faults.check(`${name}:`);
  });
}
