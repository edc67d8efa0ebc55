/* Questions to bring: real check boxes. What is chosen stays on this device, and can be printed, copied or sent. */
(function () {
  'use strict';
  var doc = document, words = doc.currentScript.dataset.text.split('|'), body = doc.body;
  var rows = [].slice.call(doc.querySelectorAll('.questions li'));
  if (!rows.length || body.matches('.print-all')) return;
  var key = 'questions:' + location.pathname, kept = [];
  try { kept = JSON.parse(localStorage[key] || '[]'); } catch (refused) { }

  function button(text, act) {
    var b = doc.createElement('button');
    b.type = 'button';
    b.className = 'quiet';
    b.textContent = text;
    b.addEventListener('click', act);
    return b;
  }
  var boxes = rows.map(function (row) {
    var label = doc.createElement('label'), box = doc.createElement('input');
    box.type = 'checkbox';
    // Kept by its words: another question that comes in between moves no choice.
    box.dataset.text = row.textContent.trim();
    box.checked = kept.indexOf(box.dataset.text) >= 0;
    label.append.apply(label, row.childNodes);
    label.prepend(box);
    row.append(label);
    row.classList.add('real');
    box.addEventListener('change', keep);
    return box;
  });
  var chosen = function () { return boxes.filter(function (box) { return box.checked; }); };
  var bar = doc.createElement('p'), count = doc.createElement('strong');
  bar.className = 'chosen no-print';
  bar.setAttribute('role', 'status');
  bar.append(count, button(words[1], function () { print(); }), button(words[2], send), button(words[3], clear));
  [].slice.call(doc.querySelectorAll('.questions')).pop().after(bar);

  function send(e) {
    var text = doc.querySelector('h1').textContent + '\n' + chosen().map(function (box) { return '- ' + box.dataset.text; }).join('\n');
    if (navigator.share && matchMedia('(pointer:coarse)').matches) return navigator.share({ text: text }).catch(function () { });
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(function () { e.target.classList.add('done'); });
  }
  function clear() { boxes.forEach(function (box) { box.checked = false; }); keep(); boxes[0].focus(); }
  function update() {
    var n = chosen().length;
    boxes.forEach(function (box) { box.closest('li').classList.toggle('off', !box.checked); });
    body.classList.toggle('some', n > 0);
    bar.hidden = !n;
    count.textContent = words[0].replace('1', n);
  }
  // Nothing is kept on the device of a reader who chose nothing.
  function keep() {
    update();
    try {
      if (chosen().length) localStorage[key] = JSON.stringify(chosen().map(function (box) { return box.dataset.text; }));
      else localStorage.removeItem(key);
    } catch (refused) { }
  }
  update();
})();
