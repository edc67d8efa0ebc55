// Old phones and slow lines: what a page costs, by size. Compressed as web servers do it (gzip -6), in bytes.
// A normal page with its style sheets, scripts and pictures: at most 50 KB; the script of all pages: at most 12 KB as it is, and what
// any page loads of scripts 8 KB. What the search
// adds to a page on which nobody searches: at most 1 KB; what its interface then loads: at most 5 KB.
// The one page that holds the whole guide for paper is only reported. Of pictures that wait until they are scrolled to, the first
// twelve count: more are not near the first screen of any page. A drawing that comes with the guide is at most 4 KB as it lies there.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { files, guide, pages, template, text } from './support/guide.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';

const limit = 50_000, scriptLimit = 12_000, scriptsLimit = 8_000, drawingLimit = 4096, nearby = 12;
const known = new Map();

function size(file) {
  if (!known.has(file)) known.set(file, gzipSync(readFileSync(join(guide, file)), { level: 6 }).length);
  return known.get(file);
}

/** What a browser fetches for a page: itself, style sheets, scripts, pictures (the icon in the tab too). */
function fetched(file) {
  const parts = new Set([file]);
  let waiting = 0;
  for (const link of read(text(guide, file)).links) {
    const loads = link.attribute === 'src' || (link.tag === 'link' && /stylesheet|icon/.test(link.rel ?? ''));
    if (link.loading === 'lazy' && ++waiting > nearby) continue;
    if (loads && !link.value.startsWith('data:')) parts.add(posix.join(posix.dirname(file), link.value));
  }
  return [...parts];
}

const total = (file) => fetched(file).reduce((sum, part) => sum + size(part), 0);
const paper = (file) => template(file) === 'print-whole';

test('every page with style, script and pictures is at most 50 KB', () => {
  const faults = new Faults(), sums = [];
  for (const file of pages(guide).filter((f) => !paper(f))) {
    const bytes = total(file);
    sums.push([bytes, file]);
    if (bytes > limit) faults.add(file, `${bytes} bytes`);
  }
  faults.check(`More than ${limit} bytes:`);
  sums.sort((a, b) => b[0] - a[0]);
  for (const file of ['index.html', 'terms/iep.html', 'activities/find/index.html']) console.log(`# ${file}: ${total(file)} bytes`);
  console.log(`# heaviest: ${sums.slice(0, 4).map(([bytes, file]) => `${file} ${bytes}`).join(', ')}; median ${sums[sums.length >> 1][0]}`);
});

test('every picture waits until it is near, and no page moves when it comes', () => {
  const faults = new Faults();
  let pictures = 0;
  for (const file of pages(guide)) {
    for (const [tag] of text(guide, file).matchAll(/<img [^>]*>/g)) {
      pictures++;
      for (const part of [/ loading="lazy"/, / width="\d+"/, / height="\d+"/, / alt="[^"]+"/]) if (!part.test(tag)) faults.add(file, `${part} is not in ${tag}`);
    }
  }
  assert.ok(pictures > 100, `${pictures} pictures`);
  faults.check('Pictures without room, words or patience:');
});

test('a drawing is at most 4 KB', () => {
  const faults = new Faults();
  const drawings = files(guide).filter((file) => /\/pictures\/[^/]+\.svg$/.test(file));
  assert.ok(drawings.length > 50, `${drawings.length} drawings`);
  for (const file of drawings) {
    const bytes = readFileSync(join(guide, file)).length;
    if (bytes > drawingLimit) faults.add(file, `${bytes} bytes`);
  }
  faults.check(`More than ${drawingLimit} bytes:`);
});

test('one script is on every page, and others only where they are needed', () => {
  const faults = new Faults(), each = new Map();
  for (const file of pages(guide).filter((one) => template(one) !== 'search' && !/http-equiv="refresh"/.test(text(guide, one)))) {
    const scripts = fetched(file).filter((part) => part.endsWith('.js'));
    for (const script of scripts) each.set(script, (each.get(script) ?? 0) + 1);
    const sum = scripts.reduce((all, script) => all + size(script), 0);
    if (sum > scriptsLimit) faults.add(file, `${sum} bytes of scripts`);
    if (scripts.filter((script) => /\/app\./.test(script)).length !== 1) faults.add(file, 'not one app.js');
  }
  for (const [script, count] of each) {
    const bytes = readFileSync(join(guide, script)).length;
    console.log(`# ${script}: ${bytes} bytes, ${size(script)} compressed, on ${count} pages`);
    if (/\/app\./.test(script)) assert.ok(bytes <= scriptLimit, `${bytes} bytes`);
    else assert.ok(count < pages(guide).length, `${script} is on every page`);
  }
  faults.check('Scripts:');
});

test('the search costs at most 1 KB where nobody searches, and its list 5 KB more', () => {
  const packed = (bytes) => gzipSync(bytes, { level: 6 }).length;
  const [style, script] = ['style', 'app'].map((name) => files(guide).find((file) => new RegExp(`^assets/${name}\\.[^/]+$`).test(file)));
  const without = [
    [style, (css) => css.replace(/[^{}]*\.search[^{}]*\{[^{}]*\}/g, '')],
    [script, (js) => js.replace(/ *\/\* ---- search[^]*?(?=\n *\/\* ----)/, '')],
  ].map(([file, less]) => [file, text(guide, file), less(text(guide, file))]);
  for (const [file, all, less] of without) assert.ok(less.length < all.length, file);
  const shared = without.reduce((sum, [, all, less]) => sum + packed(all) - packed(less), 0);
  const faults = new Faults();
  let most = 0;
  for (const file of pages(guide).filter((one) => !['search', '404', 'home'].includes(template(one)))) {
    const html = text(guide, file), own = packed(html) - packed(html.replace(/<form class="search"[^]*?<\/form>/, ''));
    most = Math.max(most, own);
    if (own + shared > 1024) faults.add(file, `${own} and ${shared} bytes`);
  }
  const loaded = files(guide).filter((file) => /^assets\/search\.[^/]+$/.test(file)).reduce((sum, file) => sum + size(file), 0);
  console.log(`# the search: at most ${most} bytes in a page, ${shared} in its style and script; ${loaded} when it is used`);
  assert.ok(loaded > 0 && loaded <= 5_000, `${loaded} bytes`);
  faults.check('More than 1 KB for a search that nobody uses:');
});

test('the whole guide for paper, for the record', () => {
  const heavy = pages(guide).filter(paper).map((file) => `${file} ${total(file)}`);
  assert.ok(heavy.length > 0);
  console.log(`# ${heavy.join(', ')}`);
});
