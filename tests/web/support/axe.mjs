// axe-core in a page: WCAG 2.2 AA and its best practices, at every width, light and dark.
//
// `Matrix` spares what cannot change; with FULL=1 it spares nothing and runs every rule every time.
// - The ready-made choices of the finder are one template filled with the same cards as the finder itself, which is
//   checked at all widths and schemes. Each choice is checked at one of them, in turn.
// - All rules but those on color depend on where things are, not on light and dark. They run once at each width, and
//   again in the second scheme only if anything stands elsewhere there (asserted by the places of all elements).
// - The color rules judge a text by its color, size and weight and by what lies behind it: the grounds of the elements
//   around it. Texts that are equal in all of that, and stand in the same elements with the same classes, get the same
//   answer. Each such text is judged once for each width and scheme, on the first page where it is met.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { shape } from './layout.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const full = process.env.FULL === '1';

/** Puts axe into the page. The browser does it, so the page's own policy holds as it is. */
export const inject = (page) => page.evaluate(source);

/** Runs `rules` ('all', 'structure', 'color'); with `texts` only on those of the last `census`. */
function run(page, rules, texts) {
  return page.evaluate(async ([only, which, chosen]) => {
    const color = axe.getRules(['cat.color']).map((rule) => rule.ruleId);
    const wanted = axe.getRules(only).map((rule) => rule.ruleId)
      .filter((id) => which === 'all' || color.includes(id) === (which === 'color'));
    const include = chosen ? chosen.map((at) => window.textsSeen[at]) : [document];
    const { violations } = await axe.run({ include }, {
      runOnly: { type: 'rule', values: wanted }, resultTypes: ['violations'], preload: false, elementRef: true,
    });
    return violations.flatMap((rule) => rule.nodes.map((node) => ({
      what: `${rule.id}: ${rule.help}: ${node.target.join(' ')}${rule.id.startsWith('color-contrast') ? ` (${node.any[0]?.message})` : ''}`,
      texts: chosen ? chosen.filter((at) => window.textsSeen[at].contains(node.element)) : [],
    })));
  }, [tags, rules, texts]);
}

/** The violations on the page as it is now, by all rules, one text for each element. */
export const violations = async (page) => (await run(page, 'all')).map((found) => found.what);

/** Notes every element that shows text of its own, and tells for each all that decides the answer of the color rules. */
const census = (page) => page.evaluate(() => {
  const known = new Map();
  const hash = (text, from) => { let h = from; for (let i = 0; i < text.length; i++) h = (Math.imul(h, 16777619) ^ text.charCodeAt(i)) | 0; return h; };
  // Of an element and all around it: tags, classes, states, grounds.
  const around = (e) => {
    if (!e) return [7, 31];
    let found = known.get(e);
    if (!found) {
      const [a, b] = around(e.parentElement), s = getComputedStyle(e);
      const states = ['aria-current', 'aria-pressed', 'aria-disabled', 'aria-expanded', 'open', 'lang', 'dir', 'role'].map((name) => e.getAttribute(name)).join();
      const own = `${e.tagName} ${e.getAttribute('class')} ${states} ${s.backgroundColor} ${s.backgroundImage} ${s.opacity} ${s.position} ${s.filter} ${s.mixBlendMode}`;
      known.set(e, found = [hash(own, a), hash(own, b)]);
    }
    return found;
  };
  const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  window.textsSeen = [...document.body.querySelectorAll('*')].filter((e) => hasText(e) && !e.closest('svg, script') && e.checkVisibility());
  return window.textsSeen.map((e) => {
    const s = getComputedStyle(e), beside = hasText(e.parentElement);
    const own = `${s.color} ${s.fontSize} ${s.fontWeight} ${s.textShadow} ${s.textDecorationLine} ${beside ? s.display + getComputedStyle(e.parentElement).color : ''}`;
    return around(e).map((h) => hash(own, h)).join();
  });
});

/** All widths and schemes on many pages. */
export class Matrix {
  #known = new Set();
  cells = 0;

  constructor(widths, schemes = ['light', 'dark']) {
    this.widths = widths;
    this.schemes = schemes;
  }

  /** Checks one open page; `fault(width, scheme, violation)` is told each. `at(width)` is called once a width, between. */
  async check(page, fault, at = async () => {}, { turn } = {}) {
    const cells = this.widths.flatMap((width) => this.schemes.map((scheme) => `${width} ${scheme}`));
    const only = turn === undefined || full ? null : cells[turn % cells.length];
    for (const width of this.widths) {
      await page.setViewportSize({ width, height: 900 });
      let before;
      for (const scheme of this.schemes) {
        if (only && only !== `${width} ${scheme}`) continue;
        await page.emulateMedia({ colorScheme: scheme });
        const found = full ? await run(page, 'all') : [];
        if (!full) {
          const now = await shape(page);
          if (now !== before) found.push(...await run(page, 'structure'));
          before = now;
          found.push(...await this.#colors(page, `${width} ${scheme}`));
        }
        for (const { what } of found) fault(width, scheme, what);
        this.cells++;
      }
      await at(width);
    }
  }

  async #colors(page, cell) {
    const keys = (await census(page)).map((key) => `${cell} ${key}`);
    const first = new Map();
    keys.forEach((key, at) => { if (!this.#known.has(key) && !first.has(key)) first.set(key, at); });
    if (!first.size) return [];
    const found = await run(page, 'color', [...first.values()]);
    const failed = new Set(found.flatMap(({ texts }) => texts));
    for (const [key, at] of first) if (!failed.has(at)) this.#known.add(key);
    return found;
  }
}
