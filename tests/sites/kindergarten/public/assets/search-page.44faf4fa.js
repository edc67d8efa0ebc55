/* The results page: the query stands in its address (?q=words), so that it can be linked, and each query is a step back. */
(function () {
  'use strict';
  var doc = document, box = doc.querySelector('[data-search-results]'), tools = window.guidepostFields;
  if (!box || !tools) return;
  var el = tools.el, set = tools.set;
  var field = tools.all.filter(function (one) { return box.parentNode.contains(one.form); })[0];
  if (!field) return;
  var t = tools.texts(box.dataset.searchResults, 'results best more pages key'), title = doc.title, query = '', found = [];

  function asked() { return new URLSearchParams(location.search).get('q') || ''; }

  function section(name, list, kind) {
    if (!list.length) return;
    var items = el('ul', 'hits');
    if (name) box.append(el('h3', '', name));
    list.forEach(function (one) {
      var item = el('li', 'hit'), link = el('a');
      item.append(link);
      tools.result(item, link, one, kind);
      items.append(item);
    });
    box.append(items);
  }

  /* The three best first, whatever they are; the others by what they are. */
  function show(answer, from, move) {
    found = answer.results = from ? found.concat(answer.results) : answer.results;
    box.textContent = '';
    if (answer.state === 'idle') return;
    var head = set(el('h2', '', tools.fill(t.results, { words: query, n: answer.total })), { tabindex: '-1' });
    var above = set(el('div', 'search-notes'), { role: 'status' }), below = el('div', 'search-foot'), groups = [], best = [];
    box.append(head, above);
    tools.describe(answer, field.texts, above, below, function (word) { field.input.value = word; submit(); });
    var group = function (one) { return one.group || t.pages; };
    found.forEach(function (one) { if (groups.indexOf(group(one)) < 0) groups.push(group(one)); });
    if (groups.length > 1) section(t.best, best = found.slice(0, 3), true);
    groups.forEach(function (name) {
      section(name, found.filter(function (one) { return group(one) === name && best.indexOf(one) < 0; }));
    });
    if (answer.total > found.length) {
      var more = set(el('button', 'button', t.more), { type: 'button' });
      more.addEventListener('click', function () { look(found.length); });
      below.append(more);
    }
    box.append(below);
    if (from) {
      history.replaceState({ shown: found.length }, '');
      var next = el('a');
      next.href = found[from] ? found[from].url : '';
      box.querySelectorAll('.hit a').forEach(function (link) { if (link.href === next.href) link.focus(); });
    } else if (move) head.focus();
  }

  /* `from`: how many results are shown already; `move`: the focus goes to what is found. */
  function look(from, move) {
    var shown = !from && history.state && history.state.shown;
    doc.title = (query ? query + ' - ' : '') + title;
    if (!query) { box.textContent = ''; return; }
    tools.reader(field.form.dataset.search, function (search) {
      if (!search) return show(tools.failed, 0, move);
      tools.find(search, query, { limit: shown || 20, offset: from, final: true }, function () {
        if (from) return;
        box.textContent = '';
        box.append(set(el('p', '', field.texts.wait), { role: 'status' }));
      }, function (answer) { show(answer, from, move); });
    });
  }

  function go() {
    query = field.input.value = asked().trim();
    field.clear.hidden = !query;
    look(0);
  }

  function submit() {
    field.close();
    query = field.input.value.trim();
    if (query !== asked()) {
      try { history.pushState(null, '', '?q=' + encodeURIComponent(query)); } catch (refused) { return field.form.submit(); }
    }
    look(0, true);
  }

  field.form.addEventListener('submit', function (e) { e.preventDefault(); submit(); });
  window.addEventListener('popstate', go);

  /* A key of one letter must be one that can be switched off (WCAG 2.1.4). */
  try {
    var label = el('label', 'search-key'), tick = set(el('input'), { type: 'checkbox' });
    tick.checked = localStorage.getItem('search-key') !== 'off';
    tick.addEventListener('change', function () { localStorage.setItem('search-key', tick.checked ? 'on' : 'off'); });
    label.append(tick, ' ', t.key);
    doc.querySelector('.search-help').append(label);
  } catch (refused) { /* A browser that keeps nothing. */ }
  go();
})();
