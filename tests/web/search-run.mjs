// Asks the search of a built site, in Chromium and from disk, and prints what it answers.
//
//     node search-run.mjs SITE < queries
//
// Each line of standard input is `id TAB language TAB query`. Printed is {"id": {"results": ["terms/ot.html#push-in", …], "help": bool}}.
// Each language is asked on its own start page, through the page's own rules on what may load.

import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './support/browser.mjs';

const site = resolve(process.argv[2] ?? '.');
const limit = Number(process.env.SEARCH_LIMIT ?? 10);
const rows = [];
for await (const line of createInterface({ input: process.stdin })) {
  const [id, lang, query] = line.split('\t');
  if (query !== undefined) rows.push({ id, lang, query });
}

const browser = await launch();
const answers = {};
for (const lang of new Set(rows.map((row) => row.lang))) {
  const page = await browser.newPage();
  const start = [join(site, lang, 'index.html'), join(site, 'index.html')].find(existsSync);
  await page.goto(pathToFileURL(start).href);
  const folder = pathToFileURL(join(site, 'search')).href;
  await page.evaluate((src) => new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = done;
    script.onerror = () => failed(new Error(`${src} does not load`));
    document.head.append(script);
  }), `${folder}/reader.js`);
  for (const row of rows.filter((row) => row.lang === lang)) {
    answers[row.id] = await page.evaluate(({ root, query, limit }) => new Promise((done) => {
      window.guidepostSearch.open(root).find(query, { limit }, (answer) => {
        done({ results: answer.results.map((result) => result.address), help: answer.help });
      });
    }), { root: `${folder}/${lang}.js`, query: row.query, limit });
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(answers));
