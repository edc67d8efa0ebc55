/* Comfort only, where a page has it: pop-ups for glossary words, what folds, where you are. */
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
    // The meaning may be in another language than the text that has the word.
    var lang = row.closest('[lang]');
    box.lang = lang.lang;
    box.dir = lang.dir || 'auto';
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
    // The sheet of a phone must not lie over its word.
    else {
      var under = link.getBoundingClientRect().bottom + 12 - box.getBoundingClientRect().top;
      if (under > 0) scrollBy({ top: under, behavior: 'instant' });
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

  /* ---- what is folded: "Words on this page", and the cards of a long list. On paper all is open ---- */
  // The heading becomes a button; `turn` shows or hides what it heads.
  function foldable(title, turn) {
    var fold = el('button', 'fold');
    fold.type = 'button';
    fold.append.apply(fold, title.childNodes);
    title.appendChild(fold);
    var set = function (on) { fold.setAttribute('aria-expanded', on); turn(on); };
    fold.addEventListener('click', function () { set(fold.getAttribute('aria-expanded') !== 'true'); });
    set(false);
    return set;
  }
  // A long text without entries: what stands under each of its small headings becomes a card.
  doc.querySelectorAll('.long>h3[id]').forEach(function (h) {
    var card = el('div', 'entry'), head = el('div', 'entry-head'), more = el('div', 'entry-more');
    card.id = h.id;
    h.removeAttribute('id');
    h.replaceWith(card);
    head.append(h);
    card.append(head, more);
    while (card.nextElementSibling && !card.nextElementSibling.matches('h2,h3')) more.append(card.nextElementSibling);
  });
  var list = doc.querySelector('.words');
  if (list) foldable(list.querySelector('h2'), function (on) { list.classList.toggle('folded', !on); });
  doc.querySelectorAll('.folds .entry').forEach(function (card) {
    var more = card.querySelector('.entry-more'), title = card.querySelector('h2,h3,h4');
    if (!more || !title) return;
    var set = foldable(title, function (on) { if (on) more.removeAttribute('hidden'); else more.setAttribute('hidden', 'until-found'); });
    card.classList.add('ready');
    more.addEventListener('beforematch', function () { set(true); });
    card.openUp = function () { set(true); };
  });
  function arrive() {
    var id = decodeURIComponent(location.hash.slice(1)), at = id && doc.getElementById(id);
    var card = at && at.closest('.folds .entry');
    if (card && card.openUp) { card.openUp(); at.scrollIntoView(); }
  }
  arrive();
  addEventListener('hashchange', arrive);
  // Before what closes menus: Escape takes away the pop-up first.
  addEventListener('keydown', function (e) {
    if (e.key !== 'Escape' || !open) return;
    e.stopPropagation();
    close(pinned || open.contains(doc.activeElement));
  }, true);
  doc.addEventListener('pointerdown', function (e) { if (open && !open.contains(e.target) && e.target !== from) close(false); });

  /* ---- "On this page" says where you are ---- */
  var places = [].slice.call(doc.querySelectorAll('.outline ol a')).map(function (a) { return [a, doc.getElementById(decodeURIComponent(a.hash.slice(1)))]; });
  if (places.length && 'IntersectionObserver' in window) {
    var mark = function () {
      var here = null;
      places.forEach(function (p) { if (p[1] && p[1].getBoundingClientRect().top < innerHeight / 4) here = p[0]; });
      places.forEach(function (p) { if (p[0] === here) p[0].setAttribute('aria-current', 'true'); else p[0].removeAttribute('aria-current'); });
    };
    var seen = new IntersectionObserver(mark, { rootMargin: '0px 0px -75% 0px', threshold: [0, 1] });
    places.forEach(function (p) { if (p[1]) seen.observe(p[1]); });
  }
})();
