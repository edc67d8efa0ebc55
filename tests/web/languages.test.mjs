// Languages: the switcher leads to the same page; pages and parts say which language they are in; right-to-left is
// right-to-left; what is not translated says so in the reader's language.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileUrl, guide, languages, pages, sample, shown, split, template, text } from './support/guide.mjs';
import { launch, still } from './support/browser.mjs';
import { Faults } from './support/report.mjs';

let browser, page;
before(async () => {
  browser = await launch();
  page = await browser.newPage(still);
});
after(() => browser?.close());

test('the switcher of every page leads to the same page in the other language, where there is one', () => {
  const faults = new Faults();
  for (const file of shown(guide)) {
    const html = text(guide, file), { lang, path } = split(file);
    const switcher = html.match(/<nav class="langs"[^]*?<\/nav>/)?.[0] ?? '';
    for (const other of ['en', ...languages]) {
      const link = switcher.match(new RegExp(`<a class="lang-link" href="([^"]+)" lang="${other}" dir="(ltr|rtl)" hreflang="${other}"`));
      // The page's own language is no way to go.
      if (other === lang) { if (link) faults.add(file, `a link to ${other}, in which it is`); continue; }
      if (!link) { faults.add(file, `no link to ${other} with its lang`); continue; }
      const [, href, dir] = link;
      const target = posix.join(posix.dirname(file), decodeURI(href));
      const same = other === 'en' ? path : `${other}/${path}`;
      if (dir !== (other === 'ar' ? 'rtl' : 'ltr')) faults.add(file, `${other} has dir ${dir}`);
      if (target !== same && existsSync(join(guide, same))) faults.add(`${file}: ${target} instead of ${same}`, `on ${template(file)} pages ${other} leads to another page than the same`);
      if (!existsSync(join(guide, target))) faults.add(file, `${other} leads to ${target}, which is not there`);
    }
  }
  faults.check('The switcher:');
});

test('the switcher works, and shows each name in its own script', async () => {
  await page.goto(fileUrl(guide, 'delivery/integrated.html'));
  for (const [code, name, path] of [['ar', 'العربية', '/ar/delivery/'], ['es', 'Español', '/es/delivery/'], ['en', 'English', '/delivery/']]) {
    const link = page.locator(`.langs a[hreflang=${code}]`).first();
    assert.equal((await link.innerText()).trim(), name);
    await link.click();
    await page.waitForURL((u) => u.pathname.includes(path) && u.pathname.endsWith('/integrated.html'));
    assert.equal(await page.evaluate(() => document.documentElement.lang), code);
  }
});

test('every text in another script than its language says its language', async () => {
  const faults = new Faults();
  const list = shown(guide).filter((f) => split(f).lang === 'ar' && !/find\/.+-/.test(f));
  for (const [root, files] of [[guide, list], [sample, shown(sample).filter((f) => f.startsWith('ar/'))]]) {
    for (const file of files) {
      await page.goto(fileUrl(root, file));
      faults.addAll(file, await page.evaluate(() => {
        const wrong = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const e = node.parentElement;
          // Abbreviations, addresses, the words printed on a school's form and names (Each Long Word With A Capital) stay
          // as they are in any language (WCAG 3.1.2 excepts them); four words in a row are a phrase.
          const phrase = node.textContent.split(/\p{Script=Arabic}+/u).some((run) => {
            const words = run.match(/\p{Script=Latin}{3,}/gu) ?? [];
            return words.length >= 4 && words.some((word) => word.length > 3 && /^\p{Ll}/u.test(word));
          });
          if (!phrase || /@|https?:/.test(node.textContent) || !e.checkVisibility()) continue;
          // The office's own name and address are proper names.
          if (e.closest('.contact, .brand-district, .cover-district, .foot-about')) continue;
          if (e.closest('[lang]').lang !== 'ar') continue;
          const near = e.closest('[class]:not(body, html)');
          wrong.push(`lang=ar on ${e.tagName.toLowerCase()} in ${near.tagName.toLowerCase()}.${near.classList[0]}`);
        }
        for (const other of document.body.querySelectorAll('[lang]:not([lang=ar])')) {
          if (getComputedStyle(other).direction === 'rtl' && other.textContent.trim()) wrong.push(`${other.tagName.toLowerCase()}.${[...other.classList].join('.')} is lang=${other.lang} and runs right to left`);
        }
        return [...new Set(wrong)];
      }));
    }
  }
  faults.check('Language of parts (WCAG 3.1.2):');
});

test('Arabic pages run from right to left: text, menu, outline, arrows', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(fileUrl(guide, 'ar/index.html'));
  const found = await page.evaluate(() => {
    const main = document.querySelector('main').getBoundingClientRect(), menu = document.querySelector('nav.menu').getBoundingClientRect();
    return {
      dir: document.documentElement.dir,
      direction: getComputedStyle(document.querySelector('main p')).direction,
      align: getComputedStyle(document.querySelector('main p')).textAlign,
      menuRight: menu.left >= main.right - 1,
      scrolls: document.scrollingElement.scrollWidth > innerWidth,
    };
  });
  assert.equal(found.dir, 'rtl');
  assert.equal(found.direction, 'rtl');
  assert.match(found.align, /start|right/);
  assert.ok(found.menuRight, 'the menu is on the right');
  assert.equal(found.scrolls, false);
});

test('a page that is not translated says so in the reader\'s language, and its text has its real language', async () => {
  // Lists that are mostly in another language say so too; their text is in both.
  const fallen = pages(guide).filter((f) => split(f).lang === 'ar' && /notice-fallback[^]*<div class="body[^"]*" lang="en"/.test(text(guide, f)));
  assert.ok(fallen.length > 5, `${fallen.length} pages fell back`);
  for (const file of fallen.slice(0, 6)) {
    await page.goto(fileUrl(guide, file));
    const notice = page.locator('.notice-fallback');
    assert.ok(await notice.isVisible());
    assert.match(await notice.innerText(), /\p{Script=Arabic}/u, `${file}: the notice is in Arabic`);
    const text1 = page.locator('main .body > p, main .body li, main .entry').first();
    assert.equal(await text1.evaluate((e) => e.closest('[lang]').lang), 'en', file);
    assert.equal(await text1.evaluate((e) => getComputedStyle(e).direction), 'ltr', file);
  }
});

test('a list that is mostly in another language says so, and one that is not does not', () => {
  const says = (file) => /<main[^]*<details class="notice notice-fallback"[^]*<div class="body/.test(text(guide, file));
  assert.ok(says('ar/activities/find/index.html'), 'the finder in Arabic');
  for (const file of ['activities/find/index.html', 'es/activities/find/index.html', 'a-z.html', 'es/site-map.html']) assert.ok(!says(file), file);
});

test('a way of the start page leads to a finder only where that has entries in the language', () => {
  const ways = (file) => text(guide, file).match(/<ul class="ways">[^]*?<\/ul>/)[0];
  for (const file of ['index.html', 'es/index.html']) assert.ok(ways(file).includes('"activities/find/index.html?where=home"'), file);
  assert.ok(ways('ar/index.html').includes('"activities/index.html"'), 'Arabic has no activities yet');
});

test('guide and sample together show every notice, so that all are tested', () => {
  const all = [guide, sample].flatMap((root) => pages(root).map((file) => text(root, file))).join('');
  for (const kind of ['fallback', 'outdated', 'machine', 'review', 'draft']) assert.match(all, new RegExp(`notice-${kind}"`), kind);
  // That nobody has checked a page stands with its date, at the end, and nowhere else.
  assert.match(all, /<div class="page-foot">\s*<p>[^<]*not checked this page yet/);
  assert.doesNotMatch(all, /notice-unreviewed/);
});
