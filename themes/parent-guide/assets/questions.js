/* What is chosen of the questions to bring: it stays on this device, and can be printed, copied or sent. app.js makes the boxes, and
   loads this file with the first choice. */
(function () {
  'use strict';
  var doc = document, words = doc.querySelector('[data-keeper]').dataset.text.split('|'), key = 'questions:' + location.pathname, kept = [];
  var boxes = [].slice.call(doc.querySelectorAll('.questions li input'));
  try { kept = JSON.parse(localStorage[key] || '[]'); } catch (refused) { }

  function button(text, act) {
    var b = doc.createElement('button');
    b.type = 'button';
    b.className = 'quiet';
    b.textContent = text;
    b.addEventListener('click', act);
    return b;
  }
  // Kept by its words: another question that comes in between moves no choice.
  function says(box) { return box.parentNode.textContent.trim(); }
  boxes.forEach(function (box) {
    if (kept.indexOf(says(box)) >= 0) box.checked = true;
    box.addEventListener('change', keep);
  });
  var chosen = function () { return boxes.filter(function (box) { return box.checked; }); };
  var bar = doc.createElement('p'), count = doc.createElement('strong');
  bar.className = 'chosen no-print';
  bar.setAttribute('role', 'status');
  bar.append(count, button(words[1], function () { print(); }), button(words[2], send), button(words[3], clear));
  [].slice.call(doc.querySelectorAll('.questions')).pop().after(bar);

  function send(e) {
    var text = doc.querySelector('h1').textContent + '\n' + chosen().map(function (box) { return '- ' + says(box); }).join('\n');
    if (navigator.share && matchMedia('(pointer:coarse)').matches) return navigator.share({ text: text }).catch(function () { });
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(function () { e.target.classList.add('done'); });
  }
  function clear() { boxes.forEach(function (box) { box.checked = false; }); keep(); boxes[0].focus(); }
  function update() {
    var n = chosen().length;
    boxes.forEach(function (box) { box.closest('li').classList.toggle('off', !box.checked); });
    doc.body.classList.toggle('some', n > 0);
    bar.hidden = !n;
    count.textContent = words[0].replace('1', n);
  }
  // Nothing is kept on the device of a reader who chose nothing.
  function keep() {
    update();
    try {
      if (chosen().length) localStorage[key] = JSON.stringify(chosen().map(says));
      else localStorage.removeItem(key);
    } catch (refused) { }
  }
  // The choice that asked for this file is kept, too.
  keep();
})();
