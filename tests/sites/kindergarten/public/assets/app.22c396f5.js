/* Comfort only: pop-ups for glossary words, instant filter in the finder, closing of open menus, the way to the search.
   Every page works without this file. */
(function () {
  'use strict';
  var doc = document, words = doc.currentScript.dataset, open = null, from = null, timer = 0, pinned = false;

  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  /* ---- glossary pop-up: a term is a link; its meaning is in "Words on this page" ---- */
  var meanings = {};
  doc.querySelectorAll('[data-word]').forEach(function (row) { meanings[row.dataset.word] = row; });

  function close(refocus) {
    clearTimeout(timer);
    if (!open) return;
    var back = from;
    open.remove();
    back.setAttribute('aria-expanded', 'false');
    open = from = null;
    pinned = false;
    if (refocus) back.focus();
  }

  function show(link, pin) {
    clearTimeout(timer);
    if (open && from === link) { if (pin) { pinned = true; open.focus(); } return; }
    close(false);
    var row = meanings[link.dataset.term];
    var box = el('div', 'pop'), title = el('p', 'pop-title', row.querySelector('dt').textContent);
    var more = el('a', '', words.more), shut = el('button', 'pop-close', '\u00d7');
    title.id = 'pop-title';
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-labelledby', 'pop-title');
    box.tabIndex = -1;
    var lang = link.closest('[lang]');
    if (lang) { box.lang = lang.lang; if (lang.dir) box.dir = lang.dir; }
    more.href = link.href;
    more.lang = doc.documentElement.lang;
    shut.type = 'button';
    shut.setAttribute('aria-label', words.close);
    shut.lang = doc.documentElement.lang;
    var text = el('div');
    row.querySelector('dd').childNodes.forEach(function (n) {
      var p = el('p');
      p.appendChild(n.cloneNode(true));
      if (p.textContent.trim()) text.appendChild(p);
    });
    box.append(title, text, more, shut);
    box.addEventListener('mouseenter', function () { clearTimeout(timer); });
    box.addEventListener('mouseleave', leave);
    box.addEventListener('focusout', function (e) {
      if (e.relatedTarget && !box.contains(e.relatedTarget) && e.relatedTarget !== link) close(false);
    });
    box.addEventListener('keydown', function (e) {
      if (e.key !== 'Tab') return;
      var first = doc.activeElement === more || doc.activeElement === box, last = doc.activeElement === shut;
      if (e.shiftKey ? first : last) { e.preventDefault(); close(true); }
    });
    shut.addEventListener('click', function () { close(true); });
    doc.body.appendChild(box);
    open = box; from = link; pinned = pin;
    link.setAttribute('aria-expanded', 'true');
    if (getComputedStyle(box).position === 'absolute') {
      var r = link.getClientRects()[0], w = box.offsetWidth, h = box.offsetHeight, wide = doc.documentElement.clientWidth;
      var x = doc.documentElement.dir === 'rtl' ? r.right - w : r.left;
      box.style.left = Math.max(12, Math.min(x, wide - w - 12)) + scrollX + 'px';
      var below = r.bottom + 6 + h < innerHeight || r.top < h + 6;
      box.style.top = (below ? r.bottom + 6 : r.top - h - 6) + scrollY + 'px';
    }
    if (pin) box.focus({ preventScroll: true });
  }

  function leave() {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(function () { close(false); }, 350);
  }

  doc.querySelectorAll('a.term').forEach(function (link) {
    if (!meanings[link.dataset.term]) return;
    link.setAttribute('aria-haspopup', 'dialog');
    link.setAttribute('aria-expanded', 'false');
    link.addEventListener('click', function (e) {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      if (open && from === link && pinned) close(true); else show(link, true);
    });
    // It is told as something that opens, so Space must open it as it would a button.
    link.addEventListener('keydown', function (e) { if (e.key === ' ') { e.preventDefault(); link.click(); } });
    link.addEventListener('pointerenter', function (e) {
      if (e.pointerType !== 'mouse' || pinned) return;
      clearTimeout(timer);
      timer = setTimeout(function () { show(link, false); }, 300);
    });
    link.addEventListener('pointerleave', function (e) { if (e.pointerType === 'mouse') leave(); });
  });

  /* ---- the list at the foot says what the pop-ups say: on a screen it is folded, on paper it is open ---- */
  var list = doc.querySelector('.words');
  if (list) {
    var title = list.querySelector('h2'), fold = el('button', 'fold', title.textContent);
    fold.type = 'button';
    fold.setAttribute('aria-expanded', 'false');
    title.textContent = '';
    title.appendChild(fold);
    list.classList.add('folded');
    fold.addEventListener('click', function () {
      fold.setAttribute('aria-expanded', String(!list.classList.toggle('folded')));
    });
  }

  /* ---- search: loaded when a field is used; Ctrl-K and / lead to it ---- */
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
  doc.addEventListener('keydown', function (e) {
    var field = doc.querySelector('main [data-search-script] input') || fields[0], plain = !e.ctrlKey && !e.metaKey;
    if (!field || e.altKey || e.key !== (plain ? '/' : 'k')) return;
    try { if (plain && (e.target.matches('input,select,textarea,[contenteditable]') || localStorage['search-key'] === 'off')) return; } catch (refused) { }
    e.preventDefault();
    field.focus();
    field.select();
  });

  /* ---- Escape and a tap outside close what is open ---- */
  doc.addEventListener('keydown', function (e) {
    if (e.key !== 'Escape') return;
    if (open) return close(pinned || open.contains(doc.activeElement));
    var d = doc.activeElement && doc.activeElement.closest('.drop[open]');
    if (d) { d.open = false; d.querySelector('summary').focus(); }
  });
  doc.addEventListener('pointerdown', function (e) {
    if (open && !open.contains(e.target) && e.target !== from) close(false);
    doc.querySelectorAll('.drop[open]').forEach(function (d) { if (!d.contains(e.target)) d.open = false; });
  });

  /* ---- finder: the links become switches on the page that holds every entry ---- */
  var finder = doc.querySelector('[data-finder]');
  if (finder) {
    var chips = [].slice.call(finder.querySelectorAll('a.chip')), cards = [].slice.call(finder.querySelectorAll('[data-found]'));
    var status = finder.querySelector('[data-status]'), reset = finder.querySelector('[data-reset]'), counts = status.dataset.counts.split('|');
    var chosen = {};
    var found = cards.map(function (card) { return new URLSearchParams(card.dataset.found); });
    var fits = function (i, want) { return Object.keys(want).every(function (f) { return found[i].getAll(f).indexOf(want[f]) >= 0; }); };
    var update = function (write) {
      var n = 0, any = Object.keys(chosen).length > 0;
      cards.forEach(function (c, i) { c.hidden = !fits(i, chosen); if (!c.hidden) n++; });
      chips.forEach(function (c) {
        var want = Object.assign({}, chosen), on = chosen[c.dataset.facet] === c.dataset.value;
        want[c.dataset.facet] = c.dataset.value;
        var k = cards.filter(function (x, i) { return fits(i, want); }).length;
        c.querySelector('.count').textContent = k;
        c.setAttribute('aria-pressed', on);
        if (k || on) c.removeAttribute('aria-disabled'); else c.setAttribute('aria-disabled', 'true');
      });
      status.textContent = counts[n] || n;
      reset.hidden = !any;
      if (write) history.replaceState(null, '', '#' + Object.keys(chosen).map(function (f) { return f + '=' + encodeURIComponent(chosen[f]); }).join('&'));
    };
    var toggle = function (c) {
      if (c.getAttribute('aria-disabled')) return;
      if (chosen[c.dataset.facet] === c.dataset.value) delete chosen[c.dataset.facet]; else chosen[c.dataset.facet] = c.dataset.value;
      update(true);
    };
    chips.forEach(function (c) {
      c.setAttribute('role', 'button');
      c.addEventListener('click', function (e) { if (!e.ctrlKey && !e.metaKey) { e.preventDefault(); toggle(c); } });
      c.addEventListener('keydown', function (e) { if (e.key === ' ') { e.preventDefault(); toggle(c); } });
    });
    reset.addEventListener('click', function (e) { e.preventDefault(); chosen = {}; update(true); chips[0].focus(); });
    location.hash.slice(1).split('&').forEach(function (p) {
      var kv = p.split('='), v = decodeURIComponent(kv[1] || '');
      if (chips.some(function (c) { return c.dataset.facet === kv[0] && c.dataset.value === v; })) chosen[kv[0]] = v;
    });
    update(false);
  }
})();
