// axe-core in a page: WCAG 2.2 AA and its best practices.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Puts axe into the page. The browser does it, so the page's own policy holds as it is. */
export const inject = (page) => page.evaluate(source);

/** The violations on the page as it is now, one text for each element. */
export function violations(page) {
  return page.evaluate(async (only) => {
    const { violations: found } = await axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false });
    return found.flatMap((rule) => rule.nodes.map((node) =>
      `${rule.id}: ${rule.help}: ${node.target.join(' ')}${rule.id.startsWith('color-contrast') ? ` (${node.any[0]?.message})` : ''}`));
  }, tags);
}
