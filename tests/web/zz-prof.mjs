import { launch, still } from './support/browser.mjs';
import { inject, Matrix, violations } from './support/axe.mjs';
import { overflow, shape, spacing, clipped } from './support/layout.mjs';
import { guide, fileUrl } from './support/guide.mjs';
const b = await launch(); const p = await b.newPage(still);
const best = async (n, f) => { let m = 1e9; for (let i = 0; i < n; i++) { const t = performance.now(); await f(i); m = Math.min(m, performance.now() - t); } return Math.round(m); };
for (const f of ['activities/find/gym.html', 'activities/find/strengthening.html', 'delivery/integrated.html', 'activities/find/home.html']) {
  const o = {};
  o.goto = await best(4, () => p.goto(fileUrl(guide, f)));
  o.inject = await best(4, () => inject(p));
  o.size = await best(6, (i) => p.setViewportSize({ width: i % 2 ? 320 : 768, height: 900 }));
  o.scheme = await best(6, (i) => p.emulateMedia({ colorScheme: i % 2 ? 'dark' : 'light' }));
  o.full = await best(4, () => violations(p));
  o.shape = await best(4, () => shape(p)); o.overflow = await best(4, () => overflow(p)); o.clipped = await best(4, () => clipped(p));
  const m = new Matrix([320, 768, 1280]); o.matrixFirst = await best(1, () => m.check(p, () => {})); o.matrixNext = await best(3, () => m.check(p, () => {}));
  console.log(f, JSON.stringify(o));
}
await b.close();
