// The folder runs anywhere: every address in every page leads to a file, and to an id in it, inside the folder;
// with the folder copied elsewhere, and served below a path. Nothing is found by its place on this machine.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, addressed, files, guide, pages, sample, text } from './support/guide.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';
import { serve } from './support/server.mjs';

const base = 'http://guide.invalid/any/where/';

/** What leaves the folder on purpose: a reader's click on a source, a telephone number, a mail address. */
const leaves = (link) => link.tag === 'a' && /^(https:|http:|mailto:|tel:)/.test(link.value);

/** `home`: the address that the site was built with; then some addresses are absolute. */
function checkSite(root, { home } = {}) {
  const top = home && new URL(home).pathname;
  const there = new Set(files(root));
  const read1 = new Map(pages(root).map((file) => [file, read(text(root, file))]));
  const faults = new Faults();
  let count = 0;
  const follow = (from, link) => {
    const what = `${link.tag} ${link.attribute}="${link.value}"`;
    if (leaves(link) || link.value.startsWith('data:')) return;
    if (home && link.value.startsWith(home)) link = { ...link, value: base + link.value.slice(home.length) };
    // Only 404.html is shown at any depth: it names its files from the top of the host.
    else if (home && from === '404.html' && link.value.startsWith(top)) link = { ...link, value: base + link.value.slice(top.length) };
    else if (/^([a-z][a-z+.-]*:|\/)/i.test(link.value)) return faults.add(from, `${what} is not a relative address`);
    let url;
    try { url = new URL(link.value, base + encodeURI(from)); } catch { return faults.add(from, `${what} is not an address`); }
    if (!url.href.startsWith(base)) return faults.add(from, `${what} leaves the folder`);
    const target = decodeURI(url.pathname.slice(new URL(base).pathname.length));
    if (home && (target === '' || target.endsWith('/'))) url.pathname += 'index.html';
    const file = decodeURI(url.pathname.slice(new URL(base).pathname.length));
    if (!there.has(file)) return faults.add(from, `${what} leads to no file`);
    const anchor = decodeURIComponent(url.hash.slice(1));
    if (anchor && file.endsWith('.html') && !read1.get(file).ids.includes(anchor)) faults.add(from, `${what} leads to no id in ${file}`);
    count++;
  };
  for (const [from, page] of read1) for (const link of page.links) follow(from, link);
  for (const from of files(root).filter((file) => file.endsWith('.css'))) {
    for (const [, value] of text(root, from).matchAll(/url\(["']?([^"')]+)/g)) follow(from, { tag: 'css', attribute: 'url', value });
  }
  for (const from of files(root).filter((file) => file.endsWith('.svg'))) {
    for (const link of read(text(root, from)).links) if (!link.value.startsWith('#')) faults.add(from, `${link.tag} ${link.attribute}="${link.value}" in a picture`);
  }
  return { faults, count, read: read1 };
}

for (const [name, root] of [['guide', guide], ['sample', sample]]) {
  test(`${name}: every link leads to a file and an anchor in the folder`, () => {
    const { faults, count } = checkSite(root);
    faults.check('Addresses that do not lead anywhere:');
    assert.ok(count > 100, `only ${count} links were found`);
    console.log(`# ${name}: ${count} addresses followed`);
  });
}

test('with an address known, the absolute ones lead to pages too', () => {
  const { faults, read: all } = checkSite(addressed, { home: address });
  faults.check('Addresses that do not lead anywhere:');
  const home = all.get('index.html');
  assert.ok(home.links.some((l) => l.rel === 'canonical'), 'no canonical on the start page');
  assert.ok(home.links.some((l) => l.rel === 'alternate' && l.value.includes('/es/')), 'no hreflang on the start page');
});

test('ids are used once on a page, and every page has language, direction and title', () => {
  const faults = new Faults();
  for (const root of [guide, addressed, sample]) {
    for (const file of pages(root)) {
      const { ids, lang, dir, title } = read(text(root, file));
      faults.addAll(file, [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `id "${id}" more than once`));
      if (ids.some((id) => id === '' || /\s/.test(id))) faults.add(file, 'an empty id, or one with a space');
      if (!lang) faults.add(file, 'no lang');
      if (dir !== (lang === 'ar' ? 'rtl' : 'ltr')) faults.add(file, `lang ${lang} with dir ${dir}`);
      if (!title?.trim()) faults.add(file, 'no title');
    }
  }
  faults.check('Ids and heads:');
});

test('titles of the pages of one language differ', () => {
  const faults = new Faults(), seen = new Map();
  for (const file of pages(guide)) {
    const { lang, title, links } = read(text(guide, file));
    if (links.some((l) => l.attribute === 'refresh')) continue;
    const key = `${lang} ${title}`;
    if (seen.has(key)) faults.add(`${seen.get(key)} and ${file}`, `title "${title}"`);
    seen.set(key, file);
  }
  faults.check('Two pages with one title:');
});

test('the folder is served whole from another place, below a path', async () => {
  const place = mkdtempSync(join(tmpdir(), 'guide copy '));
  cpSync(guide, join(place, 'öffentlich'), { recursive: true });
  const server = await serve(join(place, 'öffentlich'), { prefix: '/a b/guía/' });
  try {
    const wanted = new Set();
    for (const file of pages(guide)) {
      for (const link of read(text(guide, file)).links) {
        if (leaves(link) || link.value.startsWith('data:')) continue;
        const url = new URL(link.value, server.url(encodeURI(file)));
        url.hash = '';
        wanted.add(url.href);
      }
    }
    const faults = new Faults();
    await Promise.all([...wanted].map(async (url) => {
      const answer = await fetch(url);
      await answer.arrayBuffer();
      if (answer.status !== 200) faults.add(decodeURI(url), `answers ${answer.status}`);
    }));
    faults.check('From another place:');
    assert.ok(wanted.size > 300, `only ${wanted.size} addresses`);
  } finally {
    await server.close();
    rmSync(place, { recursive: true });
  }
});

test('with an address known, the page for what is not there has its style and its links at any depth', async () => {
  const server = await serve(addressed, { prefix: new URL(address).pathname });
  try {
    const from = server.url('some/old/folder/page.html');
    const answer = await fetch(from);
    assert.equal(answer.status, 404);
    const own = read(await answer.text()).links.filter((link) => !leaves(link) && !/^(https:|#)/.test(link.value));
    assert.ok(own.length > 10);
    for (const link of own) assert.equal((await fetch(new URL(link.value, from))).status, 200, link.value);
  } finally {
    await server.close();
  }
});

test('no file names a place on this machine', () => {
  const faults = new Faults();
  for (const file of files(guide).filter((f) => /\.(html|css|js|svg|txt|xml|json)$/.test(f))) {
    if (/file:\/\/|\/work\/|\/home\/|\/tmp\/|localhost|127\.0\.0\.1/.test(text(guide, file))) faults.add(file, 'names a place on this machine');
  }
  faults.check('Places:');
  assert.ok(existsSync(join(guide, '404.html')));
});
