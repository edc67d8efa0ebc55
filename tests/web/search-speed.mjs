// How long the list takes from the last key to the screen, in Chromium on a processor that is slowed down, from disk.
//
//     node tests/web/search-speed.mjs SITE [SLOWER]
//
// SITE is a built site whose theme is parent-guide; SLOWER is how many times slower the processor is made, 4 when nothing is said.
// The words are taken from the titles of the site's own pages: each alone, in pairs, and its first three letters. Each is
// asked once so that its shards are there, and then five times: what is printed is from the key to the next frame, in ms. On a
// machine that does other work too the median says more than the most.

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

const words = [...new Set(titles(16).flatMap((title) => title.split(/[^\p{L}]+/u).filter((word) => word.length > 3).slice(0, 2)))];
const queries = [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`), ...new Set(words.map((word) => word.slice(0, 3)))];

const browser = await launch();
const page = await browser.newPage(still);
await page.goto(pathToFileURL(join(site, 'search.html')).href);
const field = page.locator('main [data-search] input');
await field.focus();

/** Types the last letter of a query after a pause, and waits for its list. */
const ask = async (query) => {
  await field.fill(query.slice(0, -1));
  await page.waitForTimeout(400);
  return page.evaluate(([query]) => new Promise((done) => {
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
};

const rows = [];
const slow = await page.context().newCDPSession(page);
for (const query of queries) {
  await ask(query);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await ask(query));
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  times.sort((a, b) => a - b);
  rows.push([times[2], times[4], query]);
}
await browser.close();
rows.sort((a, b) => b[0] - a[0]);
const middle = rows[rows.length >> 1][0].toFixed(0);
console.log(`${rows.length} queries, processor ${slower} times slower: median ${middle} ms; the slowest, by their median of five (and their most):`);
for (const [median, most, query] of rows.slice(0, 8)) console.log(`${median.toFixed(0)} ms (${most.toFixed(0)})  ${query}`);
