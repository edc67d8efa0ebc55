// Paper: pages become PDFs on Letter and A4; what helps on a screen is not printed; black on white; nothing is cut off.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { addressed, fileUrl, guide, handbook, sample } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { Faults } from './support/report.mjs';

let browser, page;
before(async () => {
  browser = await launch();
  page = await browser.newPage(still);
});
after(() => browser?.close());

/** Pages of a PDF. Chromium writes each page's object in the clear. */
const count = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** The page, how many sheets it may sensibly take, and its site if that is not the guide. */
const sheets = [
  ['index.html', 1, 3],
  ['delivery/integrated.html', 1, 4],
  ['meetings/before-the-meeting.html', 2, 7],
  ['activities/strengthening.html', 2, 8],
  ['terms/iep.html', 4, 16],
  // All tests, which once took twenty sheets.
  ['assessments/guide.html', 4, 12],
  ['es/assessments/guide.html', 4, 12],
  ['ar/assessments/guide.html', 4, 12],
  // Handouts of two activities.
  ['handouts/in-class.html', 1, 1],
  ['handouts/playground-and-hall.html', 1, 1],
  ['handouts/ages-3-and-4-home.html', 1, 1],
  ['handouts/ages-5-and-6-home.html', 1, 1],
  ['handouts/age-7-and-up-home.html', 1, 1],
  ['es/handouts/ages-5-and-6-home.html', 1, 1],
  ['ar/handouts/in-class.html', 1, 1],
  ['es/meetings/before-the-meeting.html', 2, 7],
  ['ar/index.html', 1, 3],
  ['activities/print.html', 6, 45],
  ['print.html', 25, 230],
  ['index.html', 1, 3, handbook],
  ['meetings/goals.html', 2, 7, handbook],
  ['handouts/letter-evaluation.html', 1, 2, handbook],
  ['es/assessments/guide.html', 2, 12, handbook],
  ['print.html', 15, 150, handbook],
];

for (const [file, least, most, root = guide] of sheets) {
  test(`${root === handbook ? 'handbook: ' : ''}${file} prints on Letter and A4, on ${least} to ${most} sheets`, async () => {
    await page.goto(fileUrl(root, file));
    const counts = [];
    for (const format of ['Letter', 'A4']) {
      const pdf = await page.pdf({ format, preferCSSPageSize: false });
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      counts.push(count(pdf));
      assert.ok(count(pdf) >= least && count(pdf) <= most, `${format}: ${count(pdf)} sheets`);
    }
    console.log(`# ${file}: ${counts[0]} sheets of Letter, ${counts[1]} of A4`);
  });
}

const files = ['index.html', 'terms/iep.html', 'activities/find/home.html', 'activities/strengthening.html', 'delivery/integrated.html',
  'meetings/before-the-meeting.html', 'assessments/guide.html', 'print.html', 'activities/print.html', 'es/terms/iep.html', 'ar/index.html'];

const ofHandbook = ['index.html', 'parents/two-consents.html', 'assessments/guide.html', 'terms/index.html', 'es/meetings/goals.html', 'handouts/letter-evaluation.html', 'print.html'];

test('on paper: no navigation, black on white, nothing wider than the sheet', async () => {
  const faults = new Faults();
  for (const [root, list] of [[guide, files], [sample, ['every.html', 'sheets/take-home.html']], [handbook, ofHandbook]]) {
    for (const file of list) {
      // A4 less the margins, in CSS pixels; in dark mode, which paper must not follow.
      await page.setViewportSize({ width: 680, height: 980 });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.goto(fileUrl(root, file));
      faults.addAll(file, await page.evaluate(() => {
        const wrong = [];
        const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 0;
        // The button of a folded list holds the words of its heading, what a notice opens with is its text.
        for (const e of document.querySelectorAll('nav:not(.contents), .skip, .menu, .langs, .crumbs, .pager, .outline, .facets, .no-print, button:not(.fold), summary:not(.notice>summary)')) {
          if (shown(e)) wrong.push(`${e.tagName.toLowerCase()}.${[...e.classList].join('.')} is printed`);
        }
        const light = (color) => {
          const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
          return a === 0 ? null : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
        };
        if ((light(getComputedStyle(document.body).backgroundColor) ?? 1) < 0.98) wrong.push('the paper is not white');
        for (const e of document.querySelectorAll('main *')) {
          if (!shown(e) || e.closest('svg')) continue;
          const style = getComputedStyle(e);
          const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
          if (own && light(style.color) > 0.36) wrong.push(`pale text in ${e.tagName.toLowerCase()}.${[...e.classList].join('.')}: ${style.color}`);
          const back = light(style.backgroundColor);
          if (back !== null && back < 0.85 && own) wrong.push(`dark ground in ${e.tagName.toLowerCase()}.${[...e.classList].join('.')}`);
          if (e.getBoundingClientRect().right > innerWidth + 1 && style.position !== 'absolute') wrong.push(`${e.tagName.toLowerCase()}.${[...e.classList].join('.')} is wider than the sheet`);
        }
        if (!document.querySelector('h1')?.checkVisibility()) wrong.push('no title');
        return [...new Set(wrong)];
      }));
    }
  }
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  faults.check('On paper:');
});

test('on paper: safety stays with its activity, words used are explained, questions have room to write', async () => {
  await page.emulateMedia({ media: 'print' });
  await page.goto(fileUrl(guide, 'activities/strengthening.html'));
  const cut = await page.evaluate(() => [...document.querySelectorAll('.entry-activity')].filter((e) => getComputedStyle(e).breakInside !== 'avoid').length);
  assert.equal(cut, 0, 'an activity may be split from its safety note');
  assert.ok(await page.locator('.entry-activity .entry-safety').count() > 3);
  await page.goto(fileUrl(guide, 'delivery/integrated.html'));
  assert.ok(await page.locator('.words dt').first().isVisible(), 'words on this page are not printed');
  await page.goto(fileUrl(guide, 'meetings/before-the-meeting.html'));
  const room = await page.evaluate(() => [...document.querySelectorAll('.questions li')].map((li) => parseFloat(getComputedStyle(li, '::after').height)));
  assert.ok(room.length > 5 && room.every((height) => height >= 20), `room to write: ${room}`);
  await page.emulateMedia({ media: 'screen' });
});

test('on paper a link that leads off the sheet has a number, and its address stands at the foot; on a screen neither', async () => {
  for (const [root, file] of [[guide, 'about/sources.html'], [addressed, 'delivery/index.html'], [guide, 'print.html']]) {
    await page.emulateMedia({ media: 'print' });
    await page.goto(fileUrl(root, file));
    const { shown, listed } = await page.evaluate(() => ({
      shown: [...document.querySelectorAll('.body a[data-note]')].filter((a) => a.checkVisibility()).map((a) => [getComputedStyle(a, '::after').content, a.dataset.note, a.href]),
      listed: [...document.querySelectorAll('.print-links li')].map((li) => li.innerText),
    }));
    assert.ok(shown.length > 3, `${file}: ${shown.length} links`);
    for (const [content, number, href] of shown) {
      assert.equal(content, `" [${number}]"`, `${file}: ${href}`);
      assert.ok(listed[number - 1], `${file}: number ${number} is not in the list of ${listed.length}`);
      if (/^http/.test(href)) assert.ok(listed[number - 1].includes(href.split('#')[0].slice(0, 30)), `${file}: ${listed[number - 1]} for ${href}`);
    }
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('.print-links:visible').count(), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.body a[data-note]'), '::after').content.includes('[')), false);
  }
});

test('with an address known, the sheet shows it as text and as a QR code; without, neither', async () => {
  await page.emulateMedia({ media: 'print' });
  await page.goto(fileUrl(addressed, 'delivery/integrated.html'));
  const block = page.locator('.print-address');
  assert.match(await block.innerText(), /https:\/\/guide\.example\.org\/ot\/delivery\/integrated\.html/);
  assert.ok(await block.locator('svg').isVisible());
  await page.goto(fileUrl(guide, 'delivery/integrated.html'));
  assert.equal(await page.locator('.print-address svg').count(), 0);
  await page.emulateMedia({ media: 'screen' });
});

test('print.html: contents lead to the parts, each part starts a sheet', async () => {
  await page.emulateMedia({ media: 'print' });
  await page.goto(fileUrl(guide, 'print.html'));
  const { links, dead, parts, breaks } = await page.evaluate(() => {
    const anchors = [...document.querySelectorAll('.contents a')].map((a) => a.getAttribute('href'));
    const all = [...document.querySelectorAll('.part')];
    return {
      links: anchors.length,
      dead: anchors.filter((href) => href.startsWith('#') && !document.getElementById(href.slice(1))),
      parts: all.length,
      breaks: all.filter((part) => getComputedStyle(part).breakBefore === 'page').length,
    };
  });
  assert.ok(links > 10);
  assert.deepEqual(dead, []);
  assert.ok(parts > 5);
  assert.equal(breaks, parts);
  await page.emulateMedia({ media: 'screen' });
});

test('a link to a file says its type and size; an entry of a kind that the theme does not know shows all its fields', async () => {
  await page.emulateMedia({ media: 'screen' });
  await page.goto(fileUrl(sample, 'tools.html'));
  const file = page.locator('main a[data-file]');
  assert.equal(await file.evaluate((a) => getComputedStyle(a, '::after').content), `" (${await file.getAttribute('data-file')})"`);
  for (const sheet of ['tools.html', 'sheets/take-home.html']) {
    await page.goto(fileUrl(sample, sheet));
    const entry = page.locator('#slant-board');
    assert.match(await entry.locator('h2').innerText(), /Slant board/);
    assert.match(await entry.innerText(), /A board that lifts[^]*Made of\s+wood/);
  }
});
