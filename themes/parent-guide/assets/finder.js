/* The finder: its links become switches on the page that holds every entry. Back takes the last one back. */
(function () {
  'use strict';
  var finder = document.querySelector('[data-finder]');
  if (!finder) return;
  var all = function (what) { return [].slice.call(finder.querySelectorAll(what)); };
  var chips = all('a.chip'), cards = all('[data-found]');
  var status = finder.querySelector('[data-status]'), reset = finder.querySelector('[data-reset]'), counts = status.dataset.counts.split('|');
  var chosen = {};
  var found = cards.map(function (card) { return new URLSearchParams(card.dataset.found); });
  var fits = function (i, want) { return Object.keys(want).every(function (f) { return found[i].getAll(f).indexOf(want[f]) >= 0; }); };
  var say = function (n) { return counts[n] || String(n); };

  function update() {
    var n = 0;
    cards.forEach(function (card, i) { card.hidden = !fits(i, chosen); if (!card.hidden) n++; });
    chips.forEach(function (c) {
      var f = c.dataset.facet, v = c.dataset.value, on = (chosen[f] || '') === v, want = Object.assign({}, chosen);
      if (v) want[f] = v; else delete want[f];
      var k = cards.filter(function (x, i) { return fits(i, want); }).length;
      if (v) {
        // A site may have a finder.html of its own, without what is only heard.
        var heard = c.querySelector('.sr');
        c.querySelector('.count').textContent = k;
        if (heard) heard.textContent = ', ' + say(k);
      }
      c.removeAttribute('aria-current');
      c.setAttribute('aria-pressed', on);
      if (k || on) c.removeAttribute('aria-disabled'); else c.setAttribute('aria-disabled', 'true');
    });
    status.textContent = say(n);
    reset.hidden = !Object.keys(chosen).length;
  }

  function choose() {
    update();
    history.pushState(null, '', '#' + Object.keys(chosen).map(function (f) { return f + '=' + encodeURIComponent(chosen[f]); }).join('&'));
  }

  function read() {
    chosen = {};
    // A link may come with a choice: find/index.html?where=home. From the first choice made here on, that counts no more.
    var from = location.href.indexOf('#') < 0 ? location.search : location.hash;
    from.slice(1).split('&').forEach(function (p) {
      var kv = p.split('='), v = decodeURIComponent(kv[1] || '');
      if (v && chips.some(function (c) { return c.dataset.facet === kv[0] && c.dataset.value === v; })) chosen[kv[0]] = v;
    });
    update();
  }

  function toggle(c) {
    var f = c.dataset.facet, v = c.dataset.value;
    if (c.getAttribute('aria-disabled') || (!v && !chosen[f])) return;
    if (!v || chosen[f] === v) delete chosen[f]; else chosen[f] = v;
    choose();
  }
  chips.forEach(function (c) {
    c.setAttribute('role', 'button');
    c.addEventListener('click', function (e) { if (!e.ctrlKey && !e.metaKey) { e.preventDefault(); toggle(c); } });
    c.addEventListener('keydown', function (e) { if (e.key === ' ') { e.preventDefault(); toggle(c); } });
  });
  reset.addEventListener('click', function (e) { e.preventDefault(); chosen = {}; choose(); chips[0].focus(); });
  addEventListener('popstate', read);
  read();
})();
