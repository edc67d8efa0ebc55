// The HTML itself: html-validate and the Nu checker (vnu) find no error in the guide, in the guide with an address
// (canonical, hreflang, QR codes: one page of each template), in the sample, and in the pages of the handbook on special
// education that are its own; vnu also reads the style sheets and the
// pictures. Of the guide's pages the gate takes those that `sampled` names, and FULL=1 all.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { addressed, blank, guide, handbook, oneOfEach, ownPages, pages, sample, sampled, text } from './support/guide.mjs';
import { Faults } from './support/report.mjs';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // A checksum in the page guards files of another host. Ours come from the page's own folder (asserted in
    // pages.test.mjs), where a browser refuses such files when the folder is opened from disk.
    'require-sri': 'off',
  },
}));

/** The pages that are looked at, by site. The guide with an address differs from the guide in its head and foot alone. */
const looked = [[guide, sampled(pages(guide))], [addressed, oneOfEach(pages(addressed))], [sample, pages(sample)], [handbook, ownPages(handbook)], [blank, pages(blank)]];

test('html-validate: standard, document and a11y rules', async () => {
  const faults = new Faults();
  let count = 0;
  for (const [root, list] of looked) {
    for (const file of list) {
      const report = await validator.validateString(text(root, file), file);
      for (const message of report.results.flatMap((result) => result.messages)) {
        faults.add(`${file}:${message.line}:${message.column}`, `${message.ruleId}: ${message.message}${message.selector ? ` (${message.selector})` : ''}`);
      }
      count++;
    }
  }
  console.log(`# html-validate: ${count} pages`);
  faults.check('html-validate:');
});

/** Messages of the Nu checker on files and whole folders. */
function vnu(folders, options) {
  return new Promise((done, failed) => {
    execFile('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...options, ...folders],
      { maxBuffer: 1 << 28 }, (error, out, err) => (error ? failed(new Error(err || error.message)) : done(JSON.parse(out).messages)));
  });
}

const roots = [guide, addressed, sample, handbook, blank];
const place = (url) => {
  const path = decodeURI(url.replace(/^file:/, ''));
  const root = roots.find((r) => path.startsWith(r));
  return root ? relative(root, path) : path;
};

test('the Nu checker: no error in any page', async () => {
  const faults = new Faults();
  const messages = await vnu(looked.flatMap(([root, list]) => list.map((file) => join(root, file))), ['--skip-non-html']);
  for (const m of messages.filter((one) => one.type !== 'info')) faults.add(`${place(m.url)}:${m.lastLine}`, m.message);
  const warnings = new Map();
  for (const m of messages.filter((one) => one.type === 'info')) {
    // The checker reads files, for which it takes 'self' in the policy to be nothing. The browser decides that: pages.test.mjs.
    if (/Content Security Policy/.test(m.message)) continue;
    warnings.set(m.message, (warnings.get(m.message) ?? 0) + 1);
  }
  for (const [message, n] of warnings) console.log(`# vnu warns ${n} times: ${message}`);
  faults.check('vnu:');
});

test('the Nu checker: it does find errors', async () => {
  const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(join(tmpdir(), 'vnu-'));
  try {
    writeFileSync(join(folder, 'bad.html'), '<!doctype html><html lang="en"><title>x</title><p id="a"><ul id="a"></p>');
    const found = await vnu([folder], ['--skip-non-html']);
    assert.ok(found.some((m) => m.type === 'error' && /Duplicate ID/.test(m.message)));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
