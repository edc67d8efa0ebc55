/* Cards that fold, on pages with many of them. Comes before app.js, which calls what is here. */
window.guidepostCards = function (all, on, set, foldable) {
  'use strict';
  var doc = document;
  // A long text without entries: what stands under each of its small headings becomes a card.
  all('.long>h3[id]').forEach(function (h) {
    var card = doc.createElement('div'), next;
    card.innerHTML = '<div class="entry-head"></div><div class="entry-more"></div>';
    card.className = 'entry';
    card.id = h.id;
    h.removeAttribute('id');
    h.replaceWith(card);
    card.firstChild.append(h);
    while ((next = card.nextElementSibling) && !next.matches('h2,h3')) card.lastChild.append(next);
  });
  all('.folds .entry').forEach(function (card) {
    var more = card.querySelector('.entry-more'), title = card.querySelector('h2,h3,h4');
    if (!more || !title) return;
    var open = foldable(title, function (yes) { if (yes) more.removeAttribute('hidden'); else set(more, 'hidden', 'until-found'); });
    card.classList.add('ready');
    on(more, 'beforematch', card.openUp = function () { open(true); });
  });
  function arrive() {
    var id = decodeURIComponent(location.hash.slice(1)), at = id && doc.getElementById(id), card = at && at.closest('.folds .entry');
    if (card && card.openUp) { card.openUp(); at.scrollIntoView(); }
  }
  arrive();
  on(window, 'hashchange', arrive);
};
