// `guidepost report` on the sample with faults in it: axe-core at three widths, light and dark; nothing wider than the
// window, quiet, and sortable.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileUrl, program, sampleSource } from './support/guide.mjs';
import { inject, violations } from './support/axe.mjs';
import { overflow } from './support/layout.mjs';
import { launch, still, watch } from './support/browser.mjs';
import { Faults } from './support/report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'guidepost-report-'));
let browser;

/** Faults of every part of the report, some with letters that must not get into the page as they are. */
const faults = `---
title: Faults & <b>more</b>
description: A page with faults in it.
reviewed: 2019-01-01
review_every: 1 year
---
See [the form](gone.md) and [click here](index.md). ![](nothing.png)

This always cures. Call 555-201-0134. Sam Rivera, born 03/04/2015, is here.

• One
• Two

The interdisciplinary evaluation team's comprehensive determination regarding eligibility considerations necessitates extraordinarily meticulous documentation of individualized functional performance characteristics throughout the environment, and that is why this sentence goes on and on until nobody who reads it can say how it began.
`;

const report = (date) => {
  const run = spawnSync(program, ['report', '--root', folder, '--date', date], { encoding: 'utf8' });
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
};

before(async () => {
  cpSync(sampleSource, folder, { recursive: true });
  report('2026-11-15');
  writeFileSync(join(folder, 'content/faults.md'), faults);
  report('2026-11-22');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('axe-core finds nothing, and nothing is too wide, at any width, light and dark', async () => {
  const page = await browser.newPage(still);
  const notes = await watch(page, fileUrl(folder, ''));
  const found = new Faults();
  for (const width of [320, 768, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(fileUrl(folder, 'report.html'));
      await inject(page);
      found.addAll(`${width} ${colorScheme}`, [...await violations(page), ...await overflow(page)]);
    }
  }
  found.addAll('any', notes.take());
  found.check('the report:');
  await page.close();
});

test('on a phone each problem can be read without scrolling sideways', async () => {
  const page = await browser.newPage({ ...still, viewport: { width: 320, height: 900 } });
  await page.goto(fileUrl(folder, 'report.html'));
  const wide = await page.evaluate(() => [...document.querySelectorAll('.scroll:has(.cards)')].filter((e) => e.scrollWidth > e.clientWidth).length);
  assert.equal(wide, 0);
  assert.ok(await page.locator('.cards').count() >= 5);
  await page.close();
});

test('every part has its problems, and a table sorts by what is pressed', async () => {
  const page = await browser.newPage(still);
  await page.goto(fileUrl(folder, 'report.html'));
  const text = await page.locator('main').innerText();
  for (const part of ['gone.md', 'claim-word', 'student-data', 'typed-bullets', 'review-overdue', 'long-sentence']) assert.ok(text.includes(part), part);
  const table = page.locator('table.cards').first();
  const lines = () => table.locator('tbody td.number').evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.by)));
  await table.getByRole('button', { name: 'Line' }).click();
  const up = await lines();
  assert.ok(up.length > 1);
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await table.getByRole('button', { name: 'Line' }).click();
  assert.deepEqual(await lines(), [...up].sort((a, b) => b - a));
  assert.equal(await table.getByRole('columnheader', { name: 'Line' }).getAttribute('aria-sort'), 'descending');
  await page.close();
});
