/* Comfort only, on every page: what folds, links to copy, languages, printing, open menus, where you are, the way to the search and
   to the pop-up of a word. Every page works without this file. popup.js, search.js, finder.js, cards.js and questions.js are loaded where they are needed. */
(function () {
  'use strict';
  var doc = document, words = doc.currentScript.dataset, list = doc.querySelector('.words'), ready = 0, wanted = null, over = null;

  function all(what) { return [].slice.call(doc.querySelectorAll(what)); }
  function on(e, types, act) { types.split(' ').forEach(function (type) { e.addEventListener(type, act); }); }
  function set(e, name, value) { e.setAttribute(name, value); return e; }
  function button(cls) {
    var b = set(doc.createElement('button'), 'type', 'button');
    b.className = cls;
    return b;
  }

  /* A script that is needed only now, with its style. */
  function load(src, style, done, failed) {
    var script = doc.createElement('script'), link = doc.createElement('link');
    script.onload = link.onload = link.onerror = done;
    script.onerror = failed;
    script.src = src;
    link.rel = 'stylesheet';
    link.href = style;
    doc.head.append(link, script);
  }

  /* ---- glossary pop-up: a word is a link to its meaning. popup.js opens it in place; it comes when a word is touched first ---- */
  // The script and its style are there: what was asked for meanwhile is done.
  function come() { if (++ready === 3) window.guidepostPopup(wanted, over); }
  function touch(e) {
    if (ready > 2) return;
    if (e.key === ' ' || (e.type === 'click' && !e.ctrlKey && !e.metaKey && !e.shiftKey)) {
      e.preventDefault();
      wanted = this;
    }
    if (e.pointerType === 'mouse') over = this;
    // A link is still a link.
    if (ready) return;
    ready = 1;
    load(list.dataset.script, list.dataset.style, come, function () { ready = 9; if (wanted) location.href = wanted.href; });
  }
  if (list) all('a.term').forEach(function (link) {
    if (!list.querySelector('[data-word="' + link.dataset.term + '"]')) return;
    set(set(link, 'aria-haspopup', 'dialog'), 'aria-expanded', false);
    on(link, 'pointerenter keydown click', touch);
  });

  /* ---- what is folded: "Words on this page", and the cards of a long list (cards.js). On paper all is open ---- */
  // The heading becomes a button; `turn` shows or hides what it heads.
  function foldable(title, turn) {
    var fold = button('fold');
    fold.append.apply(fold, title.childNodes);
    title.append(fold);
    function open(yes) { set(fold, 'aria-expanded', yes); turn(yes); }
    on(fold, 'click', function () { open(fold.getAttribute('aria-expanded') !== 'true'); });
    open(false);
    return open;
  }
  if (list) foldable(list.querySelector('h2'), function (open) { list.classList.toggle('folded', !open); });
  // Before headings get links: what was a heading may be a card then.
  if (window.guidepostCards) window.guidepostCards(all, on, set, foldable);

  /* ---- questions to bring: real check boxes. questions.js keeps what is chosen; it comes with the first choice, and where one is kept ---- */
  var keeper = doc.querySelector('[data-keeper]'), keeps;
  function keep() {
    if (!keeps) load(keeper.dataset.keeper, keeper.dataset.style);
    keeps = true;
  }
  if (keeper) all('.questions li').forEach(function (row) {
    var label = doc.createElement('label'), box = set(doc.createElement('input'), 'type', 'checkbox');
    label.append.apply(label, row.childNodes);
    label.prepend(box);
    row.append(label);
    row.className = 'real';
    on(box, 'change', keep);
  });
  try { if (localStorage['questions:' + location.pathname]) keep(); } catch (refused) { }

  /* ---- a link to each heading and entry, to copy or to send ---- */
  var said = set(doc.createElement('span'), 'role', 'status');
  said.className = 'said';
  all('body:not(.print-all):not(.finder-page) .body>:is(h2,h3)[id],.entry[id] .entry-head :is(h2,h3,h4)').forEach(function (h) {
    var card = h.closest('.entry'), id = (card || h).id, b = set(button('quiet link'), 'aria-label', words.link + ': ' + h.textContent), row = h.closest('.entry-head');
    b.innerHTML = '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1"/></svg>';
    if (!card) {
      row = doc.createElement('div');
      row.className = 'linked';
      h.replaceWith(row);
      row.append(h);
    }
    row.append(b);
    on(b, 'click', function () {
      var url = location.href.split('#')[0] + '#' + id, go = function () { location.hash = id; };
      if (navigator.share && matchMedia('(pointer:coarse)').matches) return navigator.share({ title: h.textContent, url: url }).catch(function () { });
      if (navigator.clipboard) navigator.clipboard.writeText(url).then(function () { said.textContent = words.linked; b.after(said); }, go);
      else go();
    });
  });

  /* ---- languages: the same place, and in the bar the one that the browser asks for ---- */
  on(doc, 'click', function (e) {
    var a = e.target.closest && e.target.closest('a[hreflang]');
    if (a) a.href = a.href.split(/[?#]/)[0] + location.search + location.hash;
  });
  var own = doc.documentElement.lang.slice(0, 2), others = all('.langs a[hreflang]:not([data-fallback])'), bar = doc.querySelector('.menu');
  (navigator.languages || []).some(function (wish) {
    wish = wish.slice(0, 2);
    var a = others.find(function (o) { return o.hreflang.slice(0, 2) === wish; });
    if (a) {
      a.classList.add('wished');
      if (bar) { bar.prepend(a.cloneNode(true)); bar.firstChild.className = 'bar-link wished'; }
    }
    return a || wish === own;
  });

  /* ---- printing ---- */
  all('main [data-print]').forEach(function (hint) {
    var b = button('quiet'), icon = hint.querySelector('svg');
    if (icon) b.append(icon, ' ');
    b.append(words.print);
    hint.replaceChildren(b);
    on(b, 'click', function () { print(); });
    // A link may ask for it: page.html?print. Once: whoever comes back to the page wants to read it.
    if (location.search === '?print') on(window, 'load', function () {
      history.replaceState(null, '', location.pathname);
      print();
    });
  });

  /* ---- search: loaded when it is used ---- */
  var fields = all('[data-search-script] input'), asked = doc.querySelector('[data-search-results]'), way = doc.querySelector('[data-to-search]');
  var nearest = doc.querySelector('main [data-search-script] input') || fields[0];
  function search() {
    var data = nearest.form.dataset;
    if (!asked) load(data.searchScript, data.searchStyle);
    asked = true;
  }
  fields.forEach(function (field) {
    set(set(field, 'role', 'combobox'), 'aria-expanded', false);
    on(field, 'focus', search);
    if (field === doc.activeElement) search();
  });
  if (way) on(way, 'click', function (e) {
    if (e.ctrlKey || e.metaKey) return;
    nearest.focus();
    e.preventDefault();
  });
  on(doc, 'keydown', function (e) {
    var plain = !e.ctrlKey && !e.metaKey;
    if (!nearest || e.altKey || e.key !== (plain ? '/' : 'k')) return;
    try { if (plain && (e.target.matches('input,select,textarea,[contenteditable]') || localStorage['search-key'] === 'off')) return; } catch (refused) { }
    e.preventDefault();
    nearest.focus();
    nearest.select();
  });

  /* ---- Escape, a tap outside and the focus going on close what is open ---- */
  on(doc, 'pointerdown focusin keydown', function (e) {
    var escape = e.key === 'Escape';
    if (escape || !e.key) all('.drop[open],.menu-toggle[open]').forEach(function (d) {
      var inside = d.parentElement.contains(escape ? doc.activeElement : e.target);
      if (escape && inside) d.querySelector('summary').focus();
      if (escape || !inside) d.open = false;
    });
  });

  /* ---- "On this page" says where you are ---- */
  var places = all('.outline ol a').map(function (a) { return [a, doc.getElementById(decodeURIComponent(a.hash.slice(1)))]; });
  if (window.IntersectionObserver) {
    var seen = new IntersectionObserver(function () {
      var here;
      places.forEach(function (p) { if (p[1] && p[1].getBoundingClientRect().top < innerHeight / 4) here = p[0]; });
      places.forEach(function (p) { if (p[0] === here) set(here, 'aria-current', true); else p[0].removeAttribute('aria-current'); });
    }, { rootMargin: '0px 0px -75% 0px', threshold: [0, 1] });
    places.forEach(function (p) { if (p[1]) seen.observe(p[1]); });
  }
})();
