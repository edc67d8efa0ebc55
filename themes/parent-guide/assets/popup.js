/* The pop-up of a glossary word: its meaning, from "Words on this page", in place. app.js loads this file when a word is touched first. */
(function () {
  'use strict';
  var doc = document, list = doc.querySelector('.words'), words = list.dataset.text.split('|'), open = null, from = null, timer = 0, pinned = false;

  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  var meanings = {};
  list.querySelectorAll('[data-word]').forEach(function (row) { meanings[row.dataset.word] = row; });

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
    var more = el('a', '', words[1]), shut = el('button', 'pop-close', '\u00d7');
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
    shut.setAttribute('aria-label', words[0]);
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

  // Before what closes menus: Escape takes away the pop-up first.
  addEventListener('keydown', function (e) {
    if (e.key !== 'Escape' || !open) return;
    e.stopPropagation();
    close(pinned || open.contains(doc.activeElement));
  }, true);
  doc.addEventListener('pointerdown', function (e) { if (open && !open.contains(e.target) && e.target !== from) close(false); });

  // Called once, when the style is there too: what was asked for meanwhile is done. Before, the words are app.js's alone.
  window.guidepostPopup = function (asked, over) {
    doc.querySelectorAll('a.term').forEach(function (link) {
      if (!meanings[link.dataset.term]) return;
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
    if (asked) asked.click();
    else if (over && over.matches(':hover')) show(over, false);
  };
})();
