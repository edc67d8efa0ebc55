// Measures that run inside a page. Each gives a list of what is wrong.

/** Text spacing of WCAG 1.4.12, put in and taken out without touching the page's policy. */
export const spacing = (page, on) => page.evaluate((want) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
  document.adoptedStyleSheets = want ? [sheet] : [];
}, on);

/** Nothing is wider than the window, nothing is cut off at its edge, and that is not got by hiding what sticks out. */
export const overflow = (page) => page.evaluate(() => {
  const wrong = [], wide = innerWidth, root = document.scrollingElement;
  const name = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : '') + [...e.classList].map((c) => `.${c}`).join('');
  if (root.scrollWidth > wide) wrong.push(`the page scrolls sideways: ${root.scrollWidth} px in ${wide}`);
  for (const e of [document.documentElement, document.body]) {
    if (['hidden', 'clip'].includes(getComputedStyle(e).overflowX)) wrong.push(`${name(e)} hides what is too wide`);
  }
  const walk = (e) => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (style.display === 'none' || style.clipPath !== 'none' || style.position === 'fixed') return;
    if (box.width > 1 && box.height > 1 && box.bottom + scrollY > 0 && (box.right > wide + 1 || box.left < -1)) {
      wrong.push(`${name(e)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px in ${wide}`);
      return;
    }
    if (['auto', 'scroll', 'hidden', 'clip'].includes(style.overflowX) || e.tagName === 'svg') return;
    for (const child of e.children) walk(child);
  };
  for (const child of document.body.children) walk(child);
  return wrong;
});

/** On a tablet or wider the text has a column that can be read, not what is left beside empty room. */
export const narrow = (page) => page.evaluate(() => {
  const width = document.querySelector('main .body')?.getBoundingClientRect().width ?? innerWidth;
  return innerWidth < 768 || width >= 400 ? [] : [`the text is ${Math.round(width)} px wide in ${innerWidth}`];
});

/** No text is cut off inside its own box. */
export const clipped = (page) => page.evaluate(() => [...document.body.querySelectorAll('*')].filter((e) => {
  const style = getComputedStyle(e);
  // A folded card shows the first lines of a text, and all of it once its button is pressed.
  if (style.webkitLineClamp !== 'none' && e.closest('.entry')?.querySelector('[aria-expanded="false"]')) return false;
  if (style.clipPath !== 'none' || !['hidden', 'clip'].includes(style.overflowY) || !e.textContent.trim()) return false;
  return e.clientHeight > 1 && e.scrollHeight > e.clientHeight + 1;
}).map((e) => `text is cut off in ${e.tagName.toLowerCase()}.${[...e.classList].join('.')}`));

/** Where every element is, and which are shown: equal shapes, equal layout. With `colors`, equal pictures. */
export const shape = (page, { colors = false } = {}) => page.evaluate((withColors) => {
  let sum = 0, count = 0;
  const add = (word) => { for (let i = 0; i < word.length; i++) sum = (Math.imul(sum, 31) + word.charCodeAt(i)) | 0; };
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (!box.width && !box.height) continue;
    count++;
    add(`${e.tagName}${Math.round(box.x)},${Math.round(box.y)},${Math.round(box.width)},${Math.round(box.height)}`);
    if (withColors) { const style = getComputedStyle(e); add(style.color + style.backgroundColor); }
  }
  return `${count} elements, ${sum}`;
}, colors);
