// Old phones and slow lines: what a page costs, by size. Compressed as web servers do it (gzip -6), in bytes.
// The median page with its style and script (paper's too, which a browser fetches last): at most 50 KB as it is and 14 KB
// compressed, with and without the many short pages of the finder's choices. What a script asks for when it is used (the meaning of a
// word, the list of the search, what keeps chosen questions) is not in it. Any page with its pictures: at most 50 KB compressed. Scripts: at most 12 KB as they are, on any page but the
// search's own. What the search adds to a page on which nobody searches: at most 1 KB; what its interface then loads: at most 5 KB.
// The one page that holds the whole guide for paper is only reported. Of pictures that wait until they are scrolled to, the first
// twelve count: more are not near the first screen of any page. A drawing that comes with the guide is at most 4 KB as it lies there.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { files, guide, isRedirect, pages, repo, template, text } from './support/guide.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';

const limit = 50_000, packedLimit = 14_000, scriptLimit = 12_000, drawingLimit = 4096, nearby = 12;
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

const whole = (file) => readFileSync(join(guide, file)).length;
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

test('the median page with style and script is at most 50 KB, and 14 KB compressed', () => {
  const list = pages(guide).filter((f) => !isRedirect(guide, f)).map((file) => {
    const parts = fetched(file).filter((part) => /\.(html|css|js)$/.test(part));
    return { file, whole: parts.reduce((sum, part) => sum + whole(part), 0), packed: parts.reduce((sum, part) => sum + size(part), 0) };
  });
  const told = (name, some) => console.log(`# ${name}: ${some.length} pages, median ${median(some.map((p) => p.whole))} bytes, ${median(some.map((p) => p.packed))} compressed`);
  told('all', list);
  told('without the choices of the finder', list.filter((p) => template(p.file) !== 'finder-choice'));
  for (const name of ['index.html', 'parents/two-consents.html', 'terms/iep.html', 'activities/find/index.html']) {
    const page = list.find((p) => p.file === name);
    console.log(`# ${name}: ${page.whole} bytes, ${page.packed} compressed`);
  }
  // Pages of text alone, too; these are a little heavier for having words, boxes and questions.
  for (const some of [list, list.filter((p) => template(p.file) !== 'finder-choice')]) {
    assert.ok(median(some.map((p) => p.whole)) <= limit, `${median(some.map((p) => p.whole))} bytes`);
    assert.ok(median(some.map((p) => p.packed)) <= packedLimit, `${median(some.map((p) => p.packed))} bytes compressed`);
  }
});

test('a page loads only the style of what it has, and says of no file what it is for', () => {
  const faults = new Faults(), some = new Map();
  for (const file of pages(guide).filter((f) => !isRedirect(guide, f))) {
    const html = text(guide, file);
    if (html.includes('data-for=')) faults.add(file, 'data-for is left');
    const has = (name) => html.includes(`/css/${name}.`) || html.includes(`"css/${name}.`) || html.includes(`assets/css/${name}.`);
    for (const [name, what] of [['home', /class="hero"/], ['tables', /<table/], ['figure', /class="figure"/], ['facts', /class="(steps|fact|pair|meter)[ "]/],
      ['entries', /class="(entry|badge)[ "]|class="body folds long"/], ['finder', /class="(chip|finder|letters)[ "]/], ['lists', /class="(letters|letter|site-map|contents|news)[ "]/], ['questions', /class="questions[ "]/]]) {
      if (has(name) !== what.test(html)) faults.add(file, `css/${name} is ${has(name) ? 'loaded for nothing' : 'missing'}`);
      else some.set(name, (some.get(name) ?? 0) + has(name));
    }
    // A drawing that stands twice is written once.
    const drawn = [...html.matchAll(/<svg[^>]*>(.{60,}?)<\/svg>/gs)].map((m) => m[1]).filter((d) => !/ id=|<title|<style|<use|<text/.test(d));
    if (new Set(drawn).size !== drawn.length) faults.add(file, 'a drawing is written twice');
  }
  for (const [name, count] of some) assert.ok(count > 0 && count < pages(guide).length, `${name}: ${count}`);
  assert.equal(some.size, 8);
  faults.check('Styles and drawings:');
});

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

test('one script is on every page, others only where they are needed, 12 KB at most together', () => {
  const faults = new Faults(), each = new Map();
  let most = [0, ''];
  for (const file of pages(guide).filter((one) => template(one) !== 'search' && !isRedirect(guide, one))) {
    const scripts = fetched(file).filter((part) => part.endsWith('.js'));
    for (const script of scripts) each.set(script, (each.get(script) ?? 0) + 1);
    const sum = scripts.reduce((all, script) => all + whole(script), 0);
    if (sum > most[0]) most = [sum, file];
    if (sum > scriptLimit) faults.add(file, `${sum} bytes of scripts`);
    if (scripts.filter((script) => /\/app\./.test(script)).length !== 1) faults.add(file, 'not one app.js');
  }
  for (const [script, count] of each) {
    console.log(`# ${script}: ${whole(script)} bytes, ${size(script)} compressed, on ${count} pages`);
    if (!/\/app\./.test(script)) assert.ok(count < pages(guide).length, `${script} is on every page`);
  }
  console.log(`# most scripts: ${most[1]} ${most[0]} bytes`);
  assert.ok(each.size >= 4, [...each.keys()].join());
  faults.check('Scripts:');
});

test('the search costs at most 1 KB where nobody searches, and its list 5 KB more', () => {
  const packed = (bytes) => gzipSync(bytes, { level: 6 }).length;
  const style = files(guide).find((file) => /^assets\/style\.[^/]+$/.test(file));
  const without = [
    [guide, style, (css) => css.replace(/[^{}]*\.search[^{}]*\{[^{}]*\}/g, '')],
    // As it is written: what is served has no comments that part it.
    [repo, 'themes/parent-guide/assets/app.js', (js) => js.replace(/ *\/\* ---- search[^]*?(?=\n *\/\* ----)/, '')],
  ].map(([root, file, less]) => [file, text(root, file), less(text(root, file))]);
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
