// What a shared link shows and what stands on the screen of a phone: pictures made at build, named by every page.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, addressed, guide, isRedirect, pages, sample, text } from './support/guide.mjs';
import { read } from './support/html.mjs';
import { Faults } from './support/report.mjs';

/** Width and height of a PNG, and its first pixel's color. */
function png(root, file) {
  const bytes = readFileSync(join(root, file));
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n', file);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: bytes.length };
}

test('a shared link has a picture, by its whole address', () => {
  const faults = new Faults();
  for (const file of pages(addressed).filter((f) => !isRedirect(addressed, f) && f !== '404.html')) {
    const html = text(addressed, file);
    const get = (name) => html.match(new RegExp(`<meta property="og:${name}" content="([^"]*)">`))?.[1];
    if (get('image') !== `${address}card.png`) faults.add(file, get('image'));
    if (!get('title') || !get('url')?.startsWith(address)) faults.add(file, 'no title or address');
  }
  faults.check('Shared links without a picture:');
  const card = png(addressed, 'card.png');
  assert.deepEqual([card.width, card.height], [1200, 630]);
  // Messengers show no picture that takes long: WhatsApp's bound is 600 KB.
  assert.ok(card.bytes < 100_000, `${card.bytes} bytes`);
  // Without an address there is nothing that a messenger could ask for.
  assert.ok(!/og:image/.test(text(guide, 'index.html')));
});

test('phones find icons of the right size, in the color of the site', () => {
  for (const root of [guide, sample]) {
    for (const file of ['index.html', 'es/index.html']) {
      const links = read(text(root, file)).links.filter((l) => l.tag === 'link');
      const at = (rel) => join(root, file, '..', links.find((l) => l.rel === rel)?.value ?? 'missing');
      assert.ok(existsSync(at('apple-touch-icon')), `${file}: no icon for iPhones`);
      const manifest = JSON.parse(readFileSync(at('manifest'), 'utf8'));
      assert.ok(manifest.name && /^#/.test(manifest.theme_color));
      assert.deepEqual(manifest.icons.map((icon) => icon.sizes), ['192x192', '512x512']);
      for (const icon of manifest.icons) {
        const { width, height } = png(root, icon.src);
        assert.equal(`${width}x${height}`, icon.sizes);
      }
    }
  }
  const [blue, yellow] = [guide, sample].map((root) => readFileSync(join(root, 'icon-192.png')));
  assert.ok(!blue.equals(yellow), 'another color, another icon');
});
