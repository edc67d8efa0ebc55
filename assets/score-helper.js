/* A kind of score and a number become words and a line, by the normal curve. Nothing is kept or sent. */
(function () {
  'use strict';
  var root = document.querySelector('.score-helper'), words = document.currentScript.dataset.text.split('|');
  if (!root || document.body.matches('.print-all')) return;
  var text = {};
  'kind number middle step place above below at of_100 few most unlikely unknown line same_100'.split(' ').forEach(function (name, i) { text[name] = words[i]; });
  // Middle and step. A percentile has none; of the rest nothing is known.
  var scales = { standard: [100, 15], scaled: [10, 3], t: [50, 10], bot2: [15, 5], steps: [0, 1] };

  function make(tag, inside, props) {
    var e = Object.assign(document.createElement(tag), props);
    inside.appendChild(e);
    return e;
  }
  function field(tag, label, props) {
    var box = make('label', form, { textContent: label });
    return make(tag, box, props);
  }
  var form = document.createElement('div'), answer = document.createElement('div');
  form.className = 'score-form';
  answer.className = 'score-answer';
  answer.setAttribute('role', 'status');
  var kind = field('select', text.kind, {});
  root.querySelectorAll('[data-score]').forEach(function (mark) {
    make('option', kind, { value: mark.id.slice(6), textContent: mark.dataset.score });
  });
  var typed = { inputMode: 'decimal', autocomplete: 'off' };
  var number = field('input', text.number, typed), middle = field('input', text.middle, typed), step = field('input', text.step, typed);
  [].slice.call(root.querySelectorAll('[data-score]')).pop().after(form, answer);

  // How many of 100 lie at or below (Abramowitz and Stegun 26.2.17).
  function share(z) {
    var k = 1 / (1 + .2316419 * Math.abs(z)), tail = .3989422804 * Math.exp(-z * z / 2) *
      k * (.31938153 + k * (-.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
    return 100 * (z > 0 ? 1 - tail : tail);
  }
  function steps(percentile) {
    var low = -4, high = 4;
    for (var i = 0; i < 40; i++) { var z = (low + high) / 2; if (share(z) < percentile) low = z; else high = z; }
    return low;
  }
  function read(input) { var n = input.value.trim().replace('\u2212', '-').replace(',', '.'); return n && isFinite(n) ? +n : NaN; }
  function fill(sentence, values) { return sentence.replace(/\{(\w+)\}/g, function (all, name) { return values[name]; }); }
  function round(z) { return String(Math.round(Math.abs(z) * 10) / 10); }

  function line(z) {
    var x = function (at) { return 160 + Math.max(-3, Math.min(3, at)) * 48; };
    var ticks = [-2, -1, 0, 1, 2].map(function (at) {
      return '<path class="axis" d="M' + x(at) + ' 32v10"/><text x="' + x(at) + '" y="58">' + ['\u2212', '', '+'][Math.sign(at) + 1] + Math.abs(at) + '</text>';
    }).join('');
    return '<svg viewBox="0 0 320 66" role="img" dir="ltr"><title></title><rect class="band" x="' + x(-1) + '" y="18" width="96" height="24" rx="4"/><path class="axis" d="M8 37h304"/>' +
      ticks + '<path class="here" d="M' + x(z) + ' 34l-8 -20h16z"/></svg>';
  }

  function show() {
    var own = kind.value === 'ask', places = kind.value === 'percentile', n = read(number);
    var scale = own ? [read(middle), read(step)] : scales[kind.value], lacks = own && !(scale[1] > 0 && isFinite(scale[0]));
    middle.parentElement.hidden = step.parentElement.hidden = !own;
    answer.replaceChildren();
    var say = function (sentence) { make('p', answer, { textContent: sentence }); };
    if (lacks) say(text.unknown);
    if (lacks || !isFinite(n)) return;
    var z = places ? steps(n) : (n - scale[0]) / scale[1];
    if (places ? n < 1 || n > 99 : Math.abs(z) > 4) return say(text.unlikely);
    if (!places) {
      say(fill(Math.abs(z) < .05 ? text.at : z > 0 ? text.above : text.below, { number: number.value.trim(), steps: round(z), middle: scale[0], step: scale[1] }));
    }
    var of100 = places ? n : Math.round(share(z));
    say(places ? fill(text.same_100, { n: n }) : fill(of100 < 1 ? text.few : of100 > 99 ? text.most : text.of_100, { n: of100 }));
    var at = document.createElement('div');
    at.innerHTML = line(z);
    at.querySelector('title').textContent = text.place;
    answer.appendChild(at);
    say(text.line);
  }

  function arrive() {
    var wanted = /^#score-(.+)/.exec(location.hash);
    if (!wanted || ![].some.call(kind.options, function (option) { return option.value === wanted[1]; })) return;
    kind.value = wanted[1];
    show();
    root.scrollIntoView();
    number.focus({ preventScroll: true });
  }
  [kind, number, middle, step].forEach(function (input) { input.addEventListener('input', show); });
  addEventListener('hashchange', arrive);
  show();
  arrive();
})();
