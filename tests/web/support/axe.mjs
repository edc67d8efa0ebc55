// axe-core in a page: WCAG 2.2 AA and its best practices.
//
// All of axe's rules but those on color depend on the window, not on light and dark, as long as both are laid out alike:
// `Matrix` makes sure of that on each page, and where it is not so runs all rules again. The color rules are most of
// the work. They judge text on what lies behind it, so a part of a page (the menu, the foot, an activity's card) that
// stands below the same elements with the same classes in the same language has the same answer on every page: it is
// judged on the first page where it is met, once for each width and scheme, and left out after that.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { shape } from './layout.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const parts = 'header.top, nav.menu, footer.foot, .ask, .entry, .words dl > div, .facets';

/** Puts axe into the page. The browser does it, so the page's own policy holds as it is. */
export const inject = (page) => page.evaluate(source);

function run(page, { rules = 'all', leave = [] } = {}) {
  return page.evaluate(async ([only, which, partsList, left]) => {
    const color = axe.getRules(['cat.color']).map((rule) => rule.ruleId);
    const exclude = [...document.querySelectorAll(partsList)].filter((_, at) => left.includes(at));
    const wanted = axe.getRules(only).map((rule) => rule.ruleId)
      .filter((id) => which === 'all' || color.includes(id) === (which === 'color'));
    const { violations } = await axe.run({ include: [document], exclude }, {
      runOnly: { type: 'rule', values: wanted }, resultTypes: ['violations'], preload: false,
    });
    return violations.flatMap((rule) => rule.nodes.map((node) =>
      `${rule.id}: ${rule.help}: ${node.target.join(' ')}${rule.id.startsWith('color-contrast') ? ` (${node.any[0]?.message})` : ''}`));
  }, [tags, rules, parts, leave]);
}

/** The violations on the page as it is now, by all rules, one text for each element. */
export const violations = (page) => run(page);

/** For each part of the page: what decides the answer of the color rules on it. */
const fingerprints = (page) => page.evaluate((partsList) => [...document.querySelectorAll(partsList)].map((part) => {
  let above = '';
  for (let e = part.parentElement; e; e = e.parentElement) above += `${e.tagName}.${e.className} `;
  const text = above + part.outerHTML.replace(/ (href|id|for|aria-labelledby|aria-describedby|title)="[^"]*"/g, '');
  let a = 0, b = 7;
  for (let i = 0; i < text.length; i++) { a = (Math.imul(a, 31) + text.charCodeAt(i)) | 0; b = (Math.imul(b, 131) ^ text.charCodeAt(i)) | 0; }
  return `${document.documentElement.lang} ${text.length} ${a} ${b}`;
}), parts);

/** All widths and schemes on many pages. */
export class Matrix {
  #known = new Set();
  cells = 0;

  constructor(widths, schemes = ['light', 'dark']) {
    this.widths = widths;
    this.schemes = schemes;
  }

  /** Checks one open page; `fault(width, scheme, violation)` is told each. `at(width)` is called once a width, between. */
  async check(page, fault, at = async () => {}) {
    const marks = await fingerprints(page);
    for (const width of this.widths) {
      await page.setViewportSize({ width, height: 900 });
      let before;
      for (const colorScheme of this.schemes) {
        await page.emulateMedia({ colorScheme });
        const now = await shape(page);
        const found = now === before ? [] : await run(page, { rules: 'structure' });
        before = now;
        const keys = marks.map((mark) => `${width} ${colorScheme} ${mark}`);
        const leave = keys.flatMap((key, i) => (this.#known.has(key) ? [i] : []));
        const colors = await run(page, { rules: 'color', leave });
        if (!colors.length) keys.forEach((key) => this.#known.add(key));
        [...found, ...colors].forEach((violation) => fault(width, colorScheme, violation));
        this.cells++;
      }
      await at(width);
    }
  }
}
