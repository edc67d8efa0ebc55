// Names: the A to Z leads from each name that people know a thing by, and says what an acronym means; the card of a test says its name
// once; a choice of the finder is read aloud with what its number counts.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, guide, pages, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { Faults } from './support/report.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** The rows of an A to Z: `letter`, `name`, `says`, where each leads, and the language of both. */
const rows = async (file) => {
  const tab = await browser.newPage(still);
  await tab.goto(fileUrl(guide, file));
  const all = await tab.evaluate(() => [...document.querySelectorAll('.letter li')].map((row) => {
    const link = row.querySelector('a'), says = row.querySelector('.muted'), speech = (e) => e.closest('[lang]').lang;
    return {
      letter: row.closest('.letter').querySelector('h2').textContent, name: link.textContent, to: link.getAttribute('href'),
      says: says.textContent, speech: [speech(link.firstElementChild ?? link), speech(says.firstElementChild ?? says)],
    };
  }));
  await tab.close();
  return all;
};

test('the A to Z says what an acronym means, and has each other name under its own letter', async () => {
  const all = await rows('a-z.html');
  const row = (name) => all.filter((one) => one.name === name);
  assert.match(row('AASP')[0].says, /^Adolescent\/Adult Sensory Profile · Test or form$/);
  for (const [name, letter, of, to] of [
    ['Adolescent/Adult Sensory Profile', 'A', 'AASP', 'assessments/guide.html#aasp'],
    ['LRE', 'L', 'Least restrictive environment', 'terms/iep.html#lre'],
    ['Handwriting', 'H', null, 'assessments/guide.html#group-handwriting'],
  ]) {
    const [found] = row(name).filter((one) => one.to === to);
    assert.ok(found, `${name}: ${JSON.stringify(row(name))}`);
    assert.equal(found.letter, letter);
    if (of) assert.equal(found.says, of);
    else assert.ok(found.says.length > 3, 'a group says on which page it stands');
  }
  // A name that only repeats the title is none.
  const seen = new Set();
  for (const { name, to } of all) {
    const key = `${name.toLowerCase()} ${to}`;
    assert.ok(!seen.has(key), `${name} stands twice`);
    seen.add(key);
  }
  assert.equal(row('Sensory Profile 2')[0].says, 'Test or form');
});

test('in Spanish and Arabic the names of tests are read as English', async () => {
  for (const file of ['es/a-z.html', 'ar/a-z.html']) {
    const found = (await rows(file)).find((one) => one.name === 'Adolescent/Adult Sensory Profile');
    assert.equal(found?.speech[0], 'en', file);
  }
});

test('the card of a test does not say its name as its full name', () => {
  const faults = new Faults();
  let cards = 0;
  for (const file of pages(guide).filter((one) => template(one) === 'assessments')) {
    for (const [, title, rest] of text(guide, file).matchAll(/<div class="entry entry-assessment"[^]*?<h3[^>]*>(.*?)<\/h3>([^]*?)<table class="glance">/g)) {
      cards++;
      const full = rest.match(/<p class="entry-also"[^>]*>(.*?)<\/p>/)?.[1];
      if (full === title) faults.add(file, `${title} twice`);
    }
  }
  assert.ok(cards > 60, `${cards} cards`);
  faults.check('Names:');
});

test('a choice of the finder is heard with what its number counts, with and without script', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ ...still, javaScriptEnabled });
    const tab = await context.newPage();
    await tab.goto(fileUrl(guide, 'activities/find/index.html'), { waitUntil: 'domcontentloaded' });
    const role = javaScriptEnabled ? 'button' : 'link';
    const ages = tab.getByRole('group', { name: 'How old is your child?' });
    assert.equal(await ages.getByRole(role, { name: /^4 ?, 38 activities$/ }).count(), 1, role);
    if (javaScriptEnabled) {
      await tab.locator('.chip[data-value="strengthening"]').click();
      assert.equal(await ages.getByRole(role, { name: /^2 ?, \d activit(y|ies)$/ }).count(), 1, 'it counts what is left');
    }
    await context.close();
  }
});
