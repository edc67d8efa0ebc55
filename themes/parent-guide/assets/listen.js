/* Reads a page aloud with a voice of the reader's own device: nothing is sent anywhere. Without such a voice there is no button.
   Loaded where theme: settings: listen: true. */
(function () {
  'use strict';
  var doc = document, words = doc.currentScript.dataset.text.split('|'), synth = window.speechSynthesis, head = doc.querySelector('main .page-head');
  if (!synth || !head || doc.body.matches('.print-all,.finder-page')) return;
  var what = 'h1,h2,h3,h4,p,li,dt,dd,th,td,blockquote', button = doc.createElement('button'), run = 0;

  function voice(lang) {
    return synth.getVoices().find(function (v) { return v.localService && v.lang.slice(0, 2).toLowerCase() === lang.slice(0, 2); });
  }
  // The smallest pieces of the text that are shown, in order, each in its own language.
  function pieces() {
    var all = [].slice.call(doc.querySelectorAll('main .page-head :is(' + what + '),main .body :is(' + what + ')'));
    return all.filter(function (e) { return !e.querySelector(what) && e.getClientRects().length && !e.closest('.no-print'); });
  }
  function say(stopped) {
    button.textContent = words[stopped ? 0 : 1];
    button.setAttribute('aria-pressed', !stopped);
  }
  function stop() { run++; synth.cancel(); say(true); }
  function speak() {
    var own = ++run, left = pieces();
    say(false);
    (function next() {
      var piece = left.shift();
      if (own !== run) return;
      if (!piece) return say(true);
      var lang = piece.closest('[lang]').lang, spoken = new SpeechSynthesisUtterance(piece.innerText.trim());
      spoken.voice = voice(lang) || null;
      if (!spoken.text || !spoken.voice) return next();
      spoken.lang = spoken.voice.lang;
      spoken.onend = spoken.onerror = next;
      synth.speak(spoken);
    })();
  }
  function offer() { if (!button.isConnected && voice(doc.documentElement.lang)) head.append(button); }

  button.type = 'button';
  button.className = 'quiet aloud no-print';
  say(true);
  button.addEventListener('click', function () { if (button.getAttribute('aria-pressed') === 'true') stop(); else speak(); });
  addEventListener('pagehide', stop);
  synth.addEventListener('voiceschanged', offer);
  offer();
})();
