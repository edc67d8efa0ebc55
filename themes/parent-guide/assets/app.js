/* Comfort only, on every page: links to copy, languages, printing, open menus, the way to the search.
   Every page works without this file. page.js, finder.js and questions.js are loaded where they are needed. */
(function () {
  'use strict';
  var doc = document, words = doc.currentScript.dataset;

  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  /* ---- a link to each heading and entry, to copy or to send ---- */
  var said = el('span', 'said');
  said.setAttribute('role', 'status');
  doc.querySelectorAll('body:not(.print-all):not(.finder-page) .body>:is(h2,h3)[id],.entry[id] .entry-head :is(h2,h3,h4)').forEach(function (h) {
    var card = h.closest('.entry'), id = card ? card.id : h.id, b = el('button', 'quiet link'), row = h.parentElement;
    b.type = 'button';
    b.setAttribute('aria-label', words.link + ': ' + h.textContent);
    b.innerHTML = '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1"/></svg>';
    if (!card) { row = el('div', 'linked'); h.replaceWith(row); row.appendChild(h); } else if (!row.matches('.entry-head')) { row = h.closest('.entry-head'); }
    row.appendChild(b);
    b.addEventListener('click', function () {
      var url = location.href.split('#')[0] + '#' + id;
      if (navigator.share && matchMedia('(pointer:coarse)').matches) return navigator.share({ title: h.textContent, url: url }).catch(function () { });
      var done = function () { said.textContent = words.linked; b.after(said); };
      if (navigator.clipboard) navigator.clipboard.writeText(url).then(done, function () { location.hash = id; });
      else location.hash = id;
    });
  });

  /* ---- languages: the same place, and in the bar the one that the browser asks for ---- */
  doc.addEventListener('click', function (e) {
    var a = e.target.closest && e.target.closest('a[hreflang]');
    if (a) a.href = a.href.split(/[?#]/)[0] + location.search + location.hash;
  });
  var wish = (navigator.languages || []).map(function (l) { return l.slice(0, 2); }), own = doc.documentElement.lang.slice(0, 2);
  wish = wish.slice(0, wish.indexOf(own) < 0 ? wish.length : wish.indexOf(own));
  var others = [].slice.call(doc.querySelectorAll('.langs a[hreflang]:not([data-fallback])'));
  wish.some(function (l) {
    var a = others.find(function (o) { return o.hreflang.slice(0, 2) === l; }), bar = doc.querySelector('.menu');
    if (!a) return false;
    a.classList.add('wished');
    if (bar) { bar.prepend(a.cloneNode(true)); bar.firstChild.className = 'bar-link wished'; }
    return true;
  });

  /* ---- printing ---- */
  doc.querySelectorAll('[data-print]').forEach(function (hint) {
    var b = el('button', 'quiet'), icon = hint.querySelector('svg');
    b.type = 'button';
    if (icon) b.append(icon, ' ');
    b.append(words.print);
    hint.replaceChildren(b);
    b.addEventListener('click', function () { print(); });
  });

  /* ---- search: loaded when it is used ---- */
  var fields = doc.querySelectorAll('[data-search-script] input'), asked = doc.querySelector('[data-search-results]');
  function load() {
    if (!asked) doc.head.appendChild(el('script')).src = fields[0].form.dataset.searchScript;
    asked = true;
  }
  fields.forEach(function (field) {
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-expanded', 'false');
    field.addEventListener('focus', load);
    if (field === doc.activeElement) load();
  });
  var nearest = doc.querySelector('main [data-search-script] input') || fields[0], way = doc.querySelector('[data-to-search]');
  if (way) way.addEventListener('click', function (e) {
    if (e.ctrlKey || e.metaKey) return;
    nearest.focus();
    e.preventDefault();
  });
  doc.addEventListener('keydown', function (e) {
    var field = nearest, plain = !e.ctrlKey && !e.metaKey;
    if (!field || e.altKey || e.key !== (plain ? '/' : 'k')) return;
    try { if (plain && (e.target.matches('input,select,textarea,[contenteditable]') || localStorage['search-key'] === 'off')) return; } catch (refused) { }
    e.preventDefault();
    field.focus();
    field.select();
  });

  /* ---- Escape, a tap outside and the focus going on close what is open ---- */
  var opened = '.drop[open],.menu-toggle[open]';
  function shut(target) {
    doc.querySelectorAll(opened).forEach(function (d) { if (!d.parentElement.contains(target)) d.open = false; });
  }
  doc.addEventListener('keydown', function (e) {
    if (e.key !== 'Escape') return;
    doc.querySelectorAll(opened).forEach(function (d) {
      if (d.parentElement.contains(doc.activeElement)) d.querySelector('summary').focus();
      d.open = false;
    });
  });
  doc.addEventListener('pointerdown', function (e) { shut(e.target); });
  doc.addEventListener('focusin', function (e) { shut(e.target); });
})();
