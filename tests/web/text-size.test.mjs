// Large letters: with a default font of 24, 28 and 32 pixels on screens of 320 and 390, nothing lies over another thing that can be
// used, and no page is wider than the screen. A sample of the pages; FULL=1: every page.

import { after, before, test } from 'node:test';
import { guide, oneOfEach, shown, template, split } from './support/guide.mjs';
import { launch } from './support/browser.mjs';
import { Faults } from './support/report.mjs';
import { ways } from './support/ways.mjs';

let url;
before(async () => { url = await ways(); });
after(async () => { await url?.close(); });

const full = process.env.FULL === '1';
const sample = () => oneOfEach(shown(guide)).filter((file) => split(file).lang !== 'es' && !/^(print-whole|print-section|tag|finder-choice)$/.test(template(file)));

/** What a reader sees that lies over another control, or that reaches beyond the screen. */
const look = () => {
  const found = new Set(), wide = document.documentElement.clientWidth;
  const up = (e) => { const all = []; for (let a = e; a; a = a.parentElement) all.push(a); return all; };
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !up(e).some((a) => getComputedStyle(a).clipPath !== 'none') && !e.closest('.skip');
  const scrolls = (e) => up(e.parentElement).some((a) => a !== document.body && a !== document.documentElement && getComputedStyle(a).overflowX !== 'visible');
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class')} "${e.textContent.trim().slice(0, 24)}"`;
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    if (box.width && (box.right > wide + 1 || box.left < -1) && seen(e) && !scrolls(e)) found.add(`wider than the screen: ${name(e)}`);
  }
  const boxes = [...document.querySelectorAll('a[href],button,summary,input,select')].filter(seen)
    .flatMap((e) => [...e.getClientRects()].map((box) => ({ e, box }))).filter(({ box }) => box.width > 1 && box.height > 1)
    .sort((a, b) => a.box.top - b.box.top);
  boxes.forEach(({ e, box }, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].box.top < box.bottom - 3; j++) {
      const { e: other, box: its } = boxes[j];
      // A field and its own button are one control; a pop-up of the page is none of these.
      if (e === other || e.contains(other) || other.contains(e) || (e.form && e.form === other.form)) continue;
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left), down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      if (across > 3 && down > 3 && !(getComputedStyle(e).display === 'inline' && getComputedStyle(other).display === 'inline')) found.add(`${name(e)} and ${name(other)} lie over each other`);
    }
  });
  return [...found].slice(0, 8);
};

for (const font of [24, 28, 32]) {
  test(`nothing overlaps with letters of ${font} pixels`, async () => {
    const browser = await launch([`--blink-settings=defaultFontSize=${font}`]);
    const faults = new Faults();
    const files = full ? shown(guide) : sample();
    for (const width of [320, 390]) {
      const tab = await browser.newPage({ viewport: { width, height: 664 }, reducedMotion: 'reduce' });
      for (const file of files) {
        await tab.goto(url.http(file));
        faults.addAll(`${file} at ${width}`, await tab.evaluate(look));
      }
      await tab.close();
    }
    await browser.close();
    console.log(`# ${files.length} pages at two widths`);
    faults.check(`Letters of ${font} pixels:`);
  });
}
