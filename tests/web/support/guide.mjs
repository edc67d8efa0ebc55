// Where the built guide is, which pages it has, and which template made each.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where `scripts/test` builds what is tested. */
const built = resolve(process.env.WEB_TESTS ?? join(repo, 'target/web-tests'));

/** The guide, as `guidepost build` makes it. */
export const guide = join(built, 'guide');

/** The guide built with an address (`--base-url`): canonical, hreflang, QR codes, sitemap and feed are in it. */
export const addressed = join(built, 'addressed');
export const address = 'https://guide.example.org/ot/';

/** A small site that uses every component, notice and kind that the guide itself does not; with its source. */
export const sample = join(built, 'sample');
export const sampleSource = join(built, 'sample-site');

/** A guide on another topic: kinds of its own, two finders, three languages. */
export const kindergarten = join(built, 'kindergarten');

/** The handbook on special education, as `guidepost init --starter special-education` gives it. */
export const handbook = join(built, 'handbook');

/** The blank guide, as `guidepost init --starter blank` gives it, with its examples. */
export const blank = join(built, 'blank');

/** The program, for the tests that need it running. */
export const program = resolve(process.env.GUIDEPOST ?? join(repo, 'target/debug/guidepost'));

for (const folder of [guide, addressed, sample, kindergarten, handbook, blank]) {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`There is no built site in ${folder}. scripts/test builds it; scripts/test web runs only the web tests.`);
  }
}

/** Every file below a folder, as paths with forward slashes, sorted. */
export function files(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
}

/** Every HTML page of a built site. */
export const pages = (root = guide) => files(root).filter((file) => file.endsWith('.html'));

export const text = (root, file) => readFileSync(join(root, file), 'utf8');

/** Whether the page is an old address that leads on at once. */
export const isRedirect = (root, file) => /http-equiv="refresh"/.test(text(root, file));

/** The pages that readers see. */
export const shown = (root = guide) => pages(root).filter((file) => !isRedirect(root, file));

/** The address of a page on disk, as a double-click opens it. */
export const fileUrl = (root, file) => pathToFileURL(join(root, file)).href;

/** The language folders of the guide; its main language has none. */
export const languages = ['es', 'ar'];

/** `es/terms/iep.html` → `{lang: 'es', path: 'terms/iep.html'}`. */
export function split(file) {
  const [first, ...rest] = file.split('/');
  return languages.includes(first) ? { lang: first, path: rest.join('/') } : { lang: 'en', path: file };
}

/** The template that made a page, by its place: enough to take one page of each. */
export function template(file) {
  const { path } = split(file);
  if (path === 'index.html') return 'home';
  if (path === 'print.html') return 'print-whole';
  if (/\/print\.html$/.test(path)) return 'print-section';
  if (/^(404|a-z|search|site-map)\.html$/.test(path)) return path.replace('.html', '');
  if (path === 'tags/index.html') return 'tags';
  if (path.startsWith('tags/')) return 'tag';
  if (path === 'activities/find/index.html') return 'finder';
  if (path.startsWith('activities/find/')) return 'finder-choice';
  if (path.endsWith('/index.html')) return 'section';
  if (/^terms\//.test(path)) return 'glossary';
  if (/^activities\//.test(path)) return 'activities';
  if (path === 'assessments/guide.html') return 'assessments';
  if (/^delivery\/(integrated|with-aides|outside|consultation)\.html$/.test(path)) return 'delivery-model';
  return 'page';
}

/** One page of each template in each language, of the list given. */
export function oneOfEach(list) {
  const seen = new Map();
  for (const file of list) {
    const key = `${split(file).lang} ${template(file)}`;
    if (!seen.has(key)) seen.set(key, file);
  }
  return [...seen.values()];
}

/**
 * What the gate looks at of a site whose pages are many and alike: one page of each template in each language, every third
 * of the rest, and every twelfth choice of the finder, since choices differ only in which cards they show.
 * FULL=1 looks at every page.
 */
export function sampled(list) {
  if (process.env.FULL === '1') return list;
  const always = new Set(oneOfEach(list));
  const turns = new Map();
  return list.filter((file) => {
    const choice = template(file) === 'finder-choice';
    const turn = turns.get(choice) ?? 0;
    turns.set(choice, turn + 1);
    return always.has(file) || turn % (choice ? 12 : 3) === 0;
  });
}

/** What a page says: its body, without the frame around it. */
const said = (root, file) => text(root, file).match(/<div class="body">([^]*?)<nav class="pager"/)?.[1];

/**
 * What the gate looks at of another guide: the pages that are not also pages of the guide, word for word, and one of each
 * template in each language. FULL=1 looks at every page.
 */
export function ownPages(root) {
  const list = shown(root);
  if (process.env.FULL === '1') return list;
  const known = new Set(pages(guide));
  const isShared = (file) => known.has(file) && said(root, file) !== undefined && said(root, file) === said(guide, file);
  const closer = new Set(oneOfEach(list));
  // What the program makes of the same pages is as alike as they are.
  const isMade = (file) => ['section', 'print-section', 'tag'].includes(template(file));
  return list.filter((file) => closer.has(file) || !(isShared(file) || isMade(file)));
}
