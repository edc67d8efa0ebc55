// Recordings have a quiet player and their words; a page is read aloud by a voice of the reader's own device, where there is one.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, guide, sample, text } from './support/guide.mjs';
import { launch } from './support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** A page of the sample with these voices; what is spoken is kept. */
async function page(file, voices) {
  const tab = await browser.newPage();
  tab.faults = [];
  tab.on('console', (message) => { if (message.type() === 'error') tab.faults.push(message.text()); });
  await tab.addInitScript((all) => {
    window.spoken = [];
    window.SpeechSynthesisUtterance = class { constructor(words) { this.text = words; } };
    const synth = { waiting: [], getVoices: () => all, addEventListener() {}, cancel() { this.waiting = []; window.cancelled = (window.cancelled ?? 0) + 1; },
      speak(spoken) { window.spoken.push([spoken.text, spoken.voice.lang]); this.waiting.push(spoken); } };
    Object.defineProperty(window, 'speechSynthesis', { value: synth });
    window.next = () => synth.waiting.shift()?.onend();
  }, voices);
  await tab.goto(fileUrl(sample, file));
  return tab;
}
const voice = (lang, localService = true) => ({ lang, localService });

test('a recording has a player that waits, a name, and its words', async () => {
  const tab = await page('every.html', []);
  const audio = tab.locator('.listen audio');
  assert.equal(await audio.count(), 1);
  assert.deepEqual(await audio.evaluate((a) => [a.controls, a.autoplay, a.paused, a.preload]), [true, false, true, 'metadata']);
  assert.ok(await audio.getAttribute('aria-label'));
  assert.match(await tab.locator('.listen').innerText(), /I am Ana/);
  // The policy lets it be loaded.
  await audio.evaluate((a) => a.readyState > 0 || new Promise((done, failed) => { a.onloadedmetadata = done; a.onerror = () => failed(new Error('not loaded')); }));
  assert.deepEqual(tab.faults, []);
  await tab.close();
});

test('a page is read aloud, piece by piece, each in its language', async () => {
  const tab = await page('every.html', [voice('en-US'), voice('es-MX', false)]);
  const button = tab.locator('button.aloud');
  assert.equal(await button.innerText(), 'Listen');
  await button.click();
  assert.deepEqual([await button.innerText(), await button.getAttribute('aria-pressed')], ['Stop', 'true']);
  for (let i = 0; i < 5; i++) await tab.evaluate(() => window.next());
  const spoken = await tab.evaluate(() => window.spoken);
  assert.equal(spoken.length, 6);
  assert.deepEqual(spoken[0], [await tab.locator('h1').innerText(), 'en-US']);
  assert.equal(new Set(spoken.map(([words]) => words)).size, spoken.length, 'nothing twice');
  await button.click();
  assert.equal(await button.innerText(), 'Listen');
  await tab.evaluate(() => window.next());
  assert.equal((await tab.evaluate(() => window.spoken)).length, 6, 'it is quiet');
  await tab.close();
});

test('without a voice of the device there is no button, and the guide has none by default', async () => {
  for (const voices of [[], [voice('en-US', false)], [voice('fr-FR')]]) {
    const tab = await page('every.html', voices);
    assert.equal(await tab.locator('button.aloud').count(), 0);
    await tab.close();
  }
  const spanish = await page('es/words/index.html', [voice('es-MX')]);
  assert.equal(await spanish.locator('button.aloud').innerText(), 'Escuchar');
  await spanish.close();
  assert.ok(!/listen\./.test(text(guide, 'index.html')));
});
