/* The search: a combobox (ARIA) over the reader in search/reader.js. app.js loads this file when a field is first used, so that
   pages without a search cost nothing. What is shown of pages and queries is set as text, never as HTML. */
(function () {
  'use strict';
  var doc = document, waiting = [];
  var failed = { state: 'error', results: [], missing: [], instead: [], nearest: [], total: 0, help: true };

  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  function set(e, attributes) {
    Object.keys(attributes).forEach(function (name) { e.setAttribute(name, attributes[name]); });
    return e;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }

  /* Texts of the theme, in the order of their attribute. */
  function texts(list, names) {
    var found = {};
    names.split(' ').forEach(function (name, i) { found[name] = list.split('|')[i] || ''; });
    return found;
  }

  /* Text in pieces, [[text, marked], …]. */
  function pieces(tag, cls, parts, lang) {
    var box = el(tag, cls);
    if (lang) set(box, { lang: lang, dir: 'auto' });
    parts.forEach(function (part) { box.append(part[1] ? el('mark', '', part[0]) : part[0]); });
    return box;
  }

  /* A result: its title into the link; what it is, its page and its snippet into the box. */
  function result(box, link, found, kind) {
    var where = el('span', 'hit-where', kind ? found.group : '');
    link.href = found.url;
    link.append(pieces('span', 'hit-title', found.titleParts, found.lang));
    if (found.page) where.append(where.textContent && ' \u00b7 ', pieces('bdi', '', [[found.page]], found.lang));
    if (where.textContent) box.append(' ', where);
    if (found.snippet.length) box.append(' ', pieces('span', 'hit-text', found.snippet, found.lang));
  }

  /* The reader of a root: `done(search)`, or `done(null)` when its file is missing. The next call then tries again. */
  function reader(root, done) {
    if (window.guidepostSearch) return done(window.guidepostSearch.open(root));
    if (waiting.push([root, done]) > 1) return;
    var script = el('script');
    script.onload = script.onerror = function () {
      var all = waiting;
      waiting = [];
      all.forEach(function (one) { one[1](window.guidepostSearch ? window.guidepostSearch.open(one[0]) : null); });
    };
    script.src = root.replace(/[^/]*$/, 'reader.js');
    doc.head.append(script);
  }

  /* Asks, and calls `late` when the answer takes longer than people take for "at once". */
  function find(search, query, options, late, done) {
    var timer = setTimeout(late, 300);
    search.find(query, options, function (answer) { clearTimeout(timer); done(answer); });
    return timer;
  }

  /* What is to be said of an answer: lines above its results, and other words to try below; `pick(word)` tries one. */
  function describe(answer, t, above, below, pick) {
    var line = function (text) { above.append(el('p', '', text)); };
    var fixed = answer.instead.map(function (pair) { return pair[0]; }), some = answer.results.length;
    var gone = answer.missing.filter(function (word) { return fixed.indexOf(word) < 0; });
    if (answer.state === 'error') line(t.broken);
    else if (!some) line(t.none);
    else if (answer.partial) line(t.partial);
    if (some && gone.length) line(fill(t.missing, { words: gone.join(', ') }));
    if (some && fixed.length) line(fill(t.instead, { words: answer.instead.map(function (pair) { return pair[1]; }).join(', ') }));
    if (answer.nearest.length) {
      var near = el('p', 'search-near', t.nearest);
      answer.nearest.forEach(function (word) {
        var button = set(el('button', 'chip', word), { type: 'button' });
        button.addEventListener('click', function () { pick(word); });
        near.append(' ', button);
      });
      below.append(near);
    }
  }

  function field(form) {
    var input = form.querySelector('input'), data = form.dataset, id = input.id;
    var t = texts(data.searchText, 'wait none partial missing instead nearest all broken clear az');
    var search = null, tried = false, wanted = false, options = [], at = -1, late = 0, speech = 0, soon = 0, typed = 0;
    var panel = el('div', 'search-panel'), notes = el('div', 'search-notes'), list = el('div', 'search-list'), foot = el('div', 'search-foot');
    var status = set(el('p', 'sr'), { role: 'status' });
    var clear = set(el('button', 'search-clear', '\u00d7'), { type: 'button', 'aria-label': t.clear });
    set(list, { id: id + '--list', role: 'listbox', 'aria-label': form.querySelector('label').textContent });
    set(input, { 'aria-controls': list.id, 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
    clear.hidden = !input.value;
    panel.hidden = true;
    panel.append(notes, list, foot);
    input.after(clear);
    form.append(panel, status);

    /* Told when typing rests, so that not every letter is read out. */
    function say(text) {
      clearTimeout(speech);
      speech = setTimeout(function () { status.textContent = text; }, 700);
    }

    function choose(n) {
      if (options[at]) options[at].setAttribute('aria-selected', 'false');
      at = options[n] ? n : -1;
      if (at < 0) return input.removeAttribute('aria-activedescendant');
      options[at].setAttribute('aria-selected', 'true');
      options[at].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[at].id);
    }

    function hide() {
      choose(-1);
      panel.hidden = true;
      input.setAttribute('aria-expanded', 'false');
    }

    /* Hides the list until something is asked again. */
    function close() {
      wanted = false;
      clearTimeout(soon);
      clearTimeout(late);
      hide();
    }

    /* Empties the panel and opens it. */
    function open() {
      choose(-1);
      options = [];
      notes.textContent = list.textContent = foot.textContent = '';
      panel.hidden = false;
      panel.scrollTop = 0;
    }

    function link(box, href, text) {
      box.append(el('a', '', text));
      box.lastChild.href = href;
    }

    function show(answer, asked) {
      data.searched = asked;
      if (answer.state === 'idle') { hide(); return say(''); }
      open();
      describe(answer, t, notes, foot, function (word) { input.value = word; input.focus(); update(); });
      var group, name;
      answer.results.forEach(function (found, i) {
        if (!group || found.group !== name) {
          name = found.group;
          group = set(el('div'), { role: 'group', 'aria-label': name || list.getAttribute('aria-label') });
          list.append(group);
        }
        var option = set(el('a', 'hit'), { role: 'option', id: id + '--' + i, tabindex: '-1', 'aria-selected': 'false' });
        options.push(option);
        result(option, option, found, true);
        group.append(option);
      });
      var ask = doc.getElementById('ask--title'), all = fill(t.all, { n: answer.total });
      if (answer.total > options.length) link(foot, form.action.split('?')[0] + '?q=' + encodeURIComponent(asked), all);
      if (answer.help && data.searchAZ) link(foot, data.searchAZ, t.az);
      if (answer.help && ask) link(foot, '#ask--title', ask.textContent);
      list.hidden = !options.length;
      input.setAttribute('aria-expanded', String(options.length > 0));
      say((options.length ? all + '. ' : '') + notes.textContent);
    }

    function wait() {
      open();
      list.hidden = true;
      notes.append(el('p', '', t.wait));
    }

    function update() {
      clear.hidden = !input.value;
      clearTimeout(soon);
      clearTimeout(late);
      choose(-1);
      wanted = true;
      var asked = input.value;
      if (!asked.trim()) show({ state: 'idle' }, asked);
      else if (search) late = find(search, asked, { limit: 6, final: false }, wait, function (answer) { if (wanted) show(answer, asked); });
      else if (tried) show(failed, asked);
    }

    function begin() {
      if (search) return;
      reader(data.search, function (found) {
        tried = true;
        search = found;
        if (search) search.warm();
        if (doc.activeElement === input && input.value) update();
      });
    }

    input.addEventListener('focus', function (e) {
      begin();
      if (input.value && !form.contains(e.relatedTarget)) update();
    });
    /* One letter is answered at once. Of letters that follow each other fast only the last: each answer may load files. */
    input.addEventListener('input', function (e) {
      var fast = e.timeStamp - typed < 250;
      typed = e.timeStamp;
      clearTimeout(soon);
      if (fast) soon = setTimeout(update, 120); else update();
    });
    input.addEventListener('keydown', function (e) {
      if (e.isComposing) return;
      var last = options.length - 1, chosen = at >= 0, stop = true;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        if (panel.hidden) update();
        else if (e.altKey) close();
        else if (e.key === 'ArrowDown') choose(at < last ? at + 1 : 0);
        else choose(at > 0 ? at - 1 : last);
      } else if (chosen && e.key === 'Home') choose(0);
      else if (chosen && e.key === 'End') choose(last);
      else if (chosen && e.key === 'Enter') options[at].click();
      else if (e.key === 'Escape' && !panel.hidden) close();
      else if (e.key === 'Escape' && input.value) { input.value = ''; update(); }
      else {
        stop = false;
        if (/^Arrow/.test(e.key)) choose(-1);
      }
      if (stop) { e.preventDefault(); e.stopPropagation(); }
    });
    form.addEventListener('keydown', function (e) {
      if (e.key === 'Escape' && !panel.hidden) { e.stopPropagation(); close(); input.focus(); }
    });
    form.addEventListener('focusout', function (e) { if (!form.contains(e.relatedTarget)) close(); });
    /* The focus stays in the field when something in the panel is clicked: else the panel would close under the finger. */
    panel.addEventListener('mousedown', function (e) { e.preventDefault(); });
    panel.addEventListener('click', function (e) { if (e.target.closest('a') && !e.ctrlKey && !e.metaKey && !e.shiftKey) close(); });
    clear.addEventListener('click', function () { input.value = ''; update(); input.focus(); });
    if (doc.activeElement === input) begin();
    return { form: form, input: input, texts: t, close: close, clear: clear };
  }

  var forms = [].slice.call(doc.querySelectorAll('[data-search-script]'));
  /* For search-page.js. */
  window.guidepostFields = { all: forms.map(field), failed: failed, el: el, set: set, fill: fill, texts: texts, result: result, reader: reader, find: find, describe: describe };
})();
