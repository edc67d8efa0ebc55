// How long the list takes from the last key to the screen, in Chromium on a slow processor, from disk.
//
//     node tests/web/search-speed.mjs SITE [SLOWER]
//
// SITE is a built site whose theme is parent-guide; SLOWER is how many times slower the processor is made, 4 when nothing is said.
// The words are taken from the titles of the site's own pages: each alone, in pairs, and its first three letters. Each query is
// asked once so that its shards are there. Then two figures are taken, in ms: `worked`, how long the page's own thread worked for
// the answer, its style and its layout, times SLOWER, the middle of three, which other work on the machine hardly changes; and
// `waited`, from the key to the next frame with the processor slowed down by Chromium, which it does.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, still } from './support/browser.mjs';

const site = resolve(process.argv[2] ?? '.'), slower = Number(process.argv[3] ?? 4);
if (!existsSync(join(site, 'search.html'))) throw new Error(`There is no search.html in ${site}.`);

/** Titles of pages from all over the site. */
function titles(most) {
  const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
  const step = Math.max(1, Math.floor(pages.length / most));
  const some = pages.filter((_, i) => i % step === 0).slice(0, most);
  return some.map((name) => /<h1[^>]*>([^<]+)/.exec(readFileSync(join(site, name), 'utf8'))?.[1] ?? '');
}

const words = [...new Set(titles(4).flatMap((title) => title.split(/[^\p{L}]+/u).filter((word) => word.length > 3).slice(0, 2)))];
const queries = [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`), ...new Set(words.map((word) => word.slice(0, 3)))];

const browser = await launch();
const page = await browser.newPage(still);
await page.goto(pathToFileURL(join(site, 'search.html')).href);
const field = page.locator('main [data-search] input');
await field.focus();

/** Types all letters but the last, and rests. */
const before = async (query) => {
  await field.fill(query.slice(0, -1));
  await page.waitForTimeout(400);
};

/** Types the last letter, and waits for the list. */
const last = (query) => page.evaluate(([query]) => new Promise((done) => {
    const form = document.querySelector('main [data-search]'), field = form.querySelector('input');
    const seen = new MutationObserver(() => {
      if (form.dataset.searched !== query) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    seen.observe(form, { attributes: true });
    const start = performance.now();
    field.value = query;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }), [query]);

const ask = async (query) => {
  await before(query);
  return last(query);
};

/** How long the page's thread has worked, in ms. */
const worked = async () => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
};

const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
const rows = [];
for (const query of queries) {
  await ask(query);
  const work = [];
  for (let i = 0; i < 3; i++) {
    await before(query);
    const start = await worked();
    await last(query);
    work.push((await worked() - start) * slower);
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const wait = await ask(query);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  rows.push({ query, work: middle(work), wait });
}
await browser.close();
rows.sort((a, b) => b.work - a.work);
const ms = (number) => number.toFixed(0);
console.log(`${rows.length} queries, ${slower} times slower: worked ${ms(middle(rows.map((row) => row.work)))} ms, waited ${ms(middle(rows.map((row) => row.wait)))} ms in the middle. The slowest:`);
for (const { query, work, wait } of rows.slice(0, 8)) console.log(`worked ${ms(work)} ms, waited ${ms(wait)} ms  ${query}`);
