// What a script opens: axe-core (WCAG 2.2 AA and best practices) on each such state, at 320, 768 and 1280 px, light and dark, in English,
// Spanish and Arabic. A state is opened as a reader opens it, and must be there before it is judged; nothing is wider than the window then.
// Each state is looked at in each language and at each width. FULL=1: in each language at each width, and the states that are a
// form of another one.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guide, program, sample } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { Matrix, inject } from './support/axe.mjs';
import { overflow } from './support/layout.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';

const widths = [320, 768, 1280], languages = ['', 'es/', 'ar/'];
/** From this width on the menu and the outline are columns that are always there. */
const wideMenu = 992, wideOutline = 1280;

const text = 'parents/two-consents.html', finder = 'activities/find/index.html', scores = 'assessments/scores.html', cards = 'activities/strengthening.html';
const type = async (p, field, words) => { await p.locator(field).last().focus(); await p.keyboard.type(words, { delay: 20 }); };
const inHeader = (words) => async (p) => { await p.keyboard.press('/'); await p.keyboard.type(words, { delay: 20 }); };
const score = (kind, number, ...more) => async (p) => {
  await p.locator('.score-form select').selectOption(kind);
  for (const [at, value] of [number, ...more].entries()) await p.locator('.score-form input').nth(at).fill(value);
};
const unfold = (p) => p.locator('.folds .entry .fold').first().click();
const choose = async (p) => { const box = p.locator('.questions input').first(); await box.check(); await p.locator('.chosen').waitFor(); };

/** A voice of the reader's own device for each language, and a reading that never ends. */
const voices = () => {
  window.SpeechSynthesisUtterance = class { constructor(words) { this.text = words; } };
  const all = ['en-US', 'es-MX', 'ar-EG'].map((lang) => ({ lang, localService: true }));
  Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => all, addEventListener() {}, cancel() {}, speak() {} } });
};

/**
 * Each state: the page, what is done, and what is seen then. `upTo` and `from`: only at widths below, or from there on; `only`: not in
 * every language; `full`: only with FULL=1; `site`: another one than the guide; `wish`: what the browser asks for; `before`: what is prepared in a new tab.
 */
const states = [
  { name: 'menu', page: text, upTo: wideMenu, open: (p) => p.locator('.menu-toggle summary').click(), seen: '.menu-list' },
  { name: 'bar that stays', page: text, upTo: wideMenu, open: (p) => p.evaluate(() => scrollTo(0, document.body.scrollHeight / 2)), seen: '.menu .bar-link' },
  { name: 'on this page', page: text, upTo: wideOutline, open: (p) => p.locator('.outline summary').click(), seen: '.outline ol' },
  { name: 'where you are', page: text, from: wideOutline, open: (p) => p.evaluate(() => scrollTo(0, document.body.scrollHeight / 2)), seen: '.outline [aria-current]' },
  { name: 'list of languages', page: 'index.html', site: 'many', only: [''], open: (p) => p.locator('.langs summary').click(), seen: '.langs .drop[open] ul' },
  { name: 'language that the browser asks for', page: text, wish: { '': 'es-MX', 'es/': 'ar-EG', 'ar/': 'en-US' }, open: () => {}, seen: 'a.wished' },
  { name: 'notice of the language', page: 'every.html', site: 'sample', only: ['es/', 'ar/'], open: (p) => p.locator('details.notice summary').first().click(), seen: 'details.notice[open]' },

  { name: 'search', page: text, open: inHeader('IEP'), seen: '.search [role=listbox] [role=option]' },
  { name: 'result chosen by key', page: text, open: async (p) => { await inHeader('IEP')(p); await p.locator('.search [role=option]').first().waitFor(); await p.keyboard.press('ArrowDown'); }, seen: '.search [aria-selected=true]' },
  { name: 'no result', page: text, open: inHeader('xqzxqz'), seen: '.search [role=status]:not(:empty)' },
  { name: 'other word searched', page: text, open: inHeader('IEP xqzxqz'), seen: '.search-notes p' },
  { name: 'search that waits', page: text, before: (p) => p.route(/\/search\/.*\/.*\.js$/, () => {}), open: inHeader('IEP'), seen: '.search-notes p' },
  { name: 'search that fails', page: text, before: (p) => p.route(/\/search\/reader\.js$/, (route) => route.abort()), open: inHeader('IEP'), seen: '.search-foot a' },
  { name: 'search on the start page', page: 'index.html', open: (p) => type(p, 'main .search input', 'IEP'), seen: 'main .search [role=option]' },
  { name: 'results', page: 'search.html?q=IEP', open: () => {}, seen: '.results .hit a' },
  { name: 'more results', full: true, page: 'search.html?q=OT', open: (p) => p.locator('.results .search-foot .button').click(), seen: '.results .hit:nth-of-type(9) a' },
  { name: 'results without one', page: 'search.html?q=xqzxqz', open: () => {}, seen: '.results .search-notes p' },

  { name: 'word', page: text, open: (p) => p.locator('a.term').first().click(), seen: '[role=dialog]' },
  { name: 'word under the mouse', full: true, page: text, open: (p) => p.locator('main a.term').first().hover(), seen: '[role=dialog]' },
  { name: 'words on this page', page: text, open: (p) => p.locator('.words .fold').click(), seen: '.words dl' },
  { name: 'questions', page: text, open: choose, seen: '.chosen' },
  { name: 'questions copied', full: true, page: text, open: async (p) => { await choose(p); await p.locator('.chosen button').nth(1).click(); }, seen: '.chosen .done' },
  { name: 'copied', page: text, open: (p) => p.locator('.body .link').first().click(), seen: '.said:not(:empty)' },

  { name: 'open card of activities', full: true, page: cards, open: unfold, seen: '.entry-safety' },
  { name: 'link of a card copied', full: true, page: cards, open: (p) => p.locator('.entry .link').first().click(), seen: '.entry .said:not(:empty)' },
  { name: 'open card of words', full: true, page: 'terms/iep.html', open: unfold, seen: '.entry-more:not([hidden])' },
  { name: 'card that a link leads to', full: true, page: 'terms/iep.html#lre', open: () => {}, seen: '#lre .entry-more:not([hidden])' },
  { name: 'open card of tests', full: true, page: 'assessments/guide.html', open: unfold, seen: '.entry .glance' },
  { name: 'open part of a long text', full: true, page: 'about/sources.html', open: unfold, seen: '.long .entry-more:not([hidden])' },

  { name: 'finder', page: finder, open: (p) => p.locator('[data-facet][data-value="4"]').click(), seen: '.chip[aria-pressed=true][data-value="4"]' },
  { name: 'choice that leaves nothing', full: true, page: finder, open: async (p) => { for (const value of ['gym', '2']) await p.locator(`[data-facet][data-value="${value}"]`).click(); }, seen: '.chip[aria-disabled=true]' },
  { name: 'open card of the finder', page: finder, open: unfold, seen: '.finder .entry-safety' },
  { name: 'open card of what was found', full: true, page: `${finder}#ages=4&where=home`, open: (p) => p.locator('.finder .entry:visible .fold').last().click(), seen: '.finder .entry-safety:visible' },

  { name: 'answered score helper', page: scores, open: score('t', '38'), seen: '.score-answer svg' },
  { name: 'score helper with a place of 100', full: true, page: scores, open: score('percentile', '12'), seen: '.score-answer svg' },
  { name: 'score that does not fit', full: true, page: scores, open: score('standard', '380'), seen: '.score-answer p' },
  { name: 'score helper that asks for middle and step', full: true, page: scores, open: score('ask', '38'), seen: '.score-answer p' },
  { name: 'score helper with a middle and a step', full: true, page: scores, open: score('ask', '38', '50', '10'), seen: '.score-answer svg' },

  { name: 'page that can be read aloud', full: true, page: 'every.html', site: 'sample', before: (p) => p.addInitScript(voices), open: () => {}, seen: 'button.aloud' },
  { name: 'page that is read aloud', full: true, page: 'every.html', site: 'sample', before: (p) => p.addInitScript(voices), open: (p) => p.locator('button.aloud').click(), seen: 'button.aloud[aria-pressed=true]' },
];

/** The blank guide with as many languages as fold in the header. */
function manyLanguages() {
  const root = mkdtempSync(join(tmpdir(), 'languages '));
  execFileSync(program, ['init', '--starter', 'blank', join(root, 'site')]);
  for (const code of ['es', 'vi', 'zh', 'ar', 'ru']) execFileSync(program, ['language', 'add', code, '--root', join(root, 'site')]);
  execFileSync(program, ['build', '--no-cache', '--drafts', '--root', join(root, 'site'), '--out', join(root, 'public')], { stdio: 'ignore' });
  return root;
}

// What is known of the colors of a text in one state need not be asked again in the next.
const matrices = new Map(widths.map((width) => [width, new Matrix([width])]));
let browser, many, servers;
before(async () => {
  browser = await launch();
  many = manyLanguages();
  servers = { guide: await serve(guide), sample: await serve(sample), many: await serve(join(many, 'public')) };
});
after(async () => {
  await browser?.close();
  for (const server of Object.values(servers ?? {})) await server.close();
  if (many) rmSync(many, { recursive: true });
});

const full = process.env.FULL === '1';
for (const [turn, { name, page, site = 'guide', upTo = Infinity, from = 0, only = languages, full: isForm = false, wish, before: prepare, open, seen }] of states.entries()) {
  test(`${name}: axe finds nothing, in every language, at every width, light and dark`, { skip: isForm && !full && 'only with FULL=1' }, async () => {
    const faults = new Faults(), those = widths.filter((one) => one < upTo && one >= from);
    let cells = 0, wanted = 0;
    for (const [w, width] of those.entries()) {
      const matrix = matrices.get(width), sofar = matrix.cells;
      for (const [l, language] of only.entries()) {
        const most = Math.max(those.length, only.length);
        if (!full && (w + l + turn) % most !== 0 && !(those.length < most && w === l % those.length) && !(only.length < most && l === w % only.length)) continue;
        wanted += 2;
        const context = await browser.newContext({ ...still, viewport: { width, height: 900 }, permissions: ['clipboard-write'], ...(wish && { locale: wish[language] }) });
        const tab = await context.newPage(), where = `${language}${page} at ${width}`;
        await prepare?.(tab);
        await tab.goto(servers[site].url(`${language}${page}`));
        await open(tab);
        const there = tab.locator(seen).filter({ visible: true }).first();
        await there.waitFor({ timeout: 15_000 });
        await inject(tab);
        await matrix.check(tab, (_, scheme, what) => faults.add(`${where} ${scheme}`, what));
        faults.addAll(where, await overflow(tab));
        assert.ok(await there.isVisible(), `${name} is still there at ${width}`);
        await context.close();
      }
      cells += matrix.cells - sofar;
    }
    assert.equal(cells, wanted);
    assert.ok(wanted >= 2 * Math.max(those.length, only.length), `${wanted} of ${those.length} widths and ${only.length} languages`);
    faults.check(`${name}:`);
  });
}
