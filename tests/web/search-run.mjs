// Types queries into the search of a built site, in Chromium and from disk, and prints what a reader is shown.
//
//     node tests/web/search-run.mjs SITE < queries
//
// Each line of standard input is `id TAB language TAB query`. Printed is {"id": {"results": ["terms/ot.html#push-in", …], "help": bool}}:
// the addresses that the list under the field shows, best first, and whether it offers other ways to go on.
// Each language is asked on the results page of its own tree, where the field is as on every page.

import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, still } from './support/browser.mjs';

const site = resolve(process.argv[2] ?? '.');
const rows = [];
for await (const line of createInterface({ input: process.stdin })) {
  const [id, lang, query] = line.replace(/\r$/, '').split('\t');
  if (query !== undefined) rows.push({ id, lang, query });
}

const browser = await launch();
const answers = {};
for (const lang of new Set(rows.map((row) => row.lang))) {
  const page = await browser.newPage(still);
  const file = [join(site, lang, 'search.html'), join(site, 'search.html')].find(existsSync);
  if (!file) throw new Error(`There is no search.html in ${site}.`);
  await page.goto(pathToFileURL(file).href);
  const form = await page.$('main [data-search]'), field = await form.$('input');
  await field.focus();
  for (const { id, query } of rows.filter((row) => row.lang === lang)) {
    // The letters one after the other, as fingers type them; then what is shown for all of them.
    await field.fill('');
    await page.keyboard.type(query);
    await page.waitForFunction(([f, words]) => f.dataset.searched === words, [form, query]);
    answers[id] = await form.evaluate((e, root) => ({
      results: [...e.querySelectorAll('[role=option]')].map((option) => option.href.slice(root.length)),
      help: !!e.querySelector('.search-panel:not([hidden]) .search-foot a:not([href*="?q="])'),
    }), pathToFileURL(join(site, '/')).href);
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(answers));
