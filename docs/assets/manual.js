/* Examples of the manual are copied with one tap. Without script they are selected and copied as ever. */
(function () {
  'use strict';
  document.querySelectorAll('.body pre').forEach(function (pre) {
    if (!navigator.clipboard) return;
    var box = document.createElement('div'), button = document.createElement('button');
    box.className = 'example';
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = 'Copy';
    pre.replaceWith(box);
    box.append(pre, button);
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(pre.textContent).then(function () {
        button.textContent = 'Copied';
        setTimeout(function () { button.textContent = 'Copy'; }, 2000);
      });
    });
  });
})();
