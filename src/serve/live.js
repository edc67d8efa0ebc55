// Guidepost live reload. Added to pages by `guidepost serve` only, never by `build`.
// One tab of a browser listens for all of its tabs, since a browser opens only six connections to a host.
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script || window.__guidepostLive) return;
  window.__guidepostLive = true;

  var base = new URL(".", script.src);
  var epoch = script.dataset.epoch;
  var seen = Number(script.dataset.version);
  var page = decodeURIComponent(script.dataset.page || "");
  var scrollKey = "guidepost-scroll:" + location.pathname + location.search;

  // What was missed: asked for at the start, after every reconnection, and whenever the number of changes moves.
  var asking = false, again = false;
  function sync() {
    if (asking) { again = true; return; }
    asking = true;
    var url = new URL("state", base);
    url.search = new URLSearchParams({ epoch: epoch, since: seen });
    fetch(url, { cache: "no-store" }).then(function (r) {
      if (!r.ok) throw new Error(r.status);
      return r.json();
    }).then(function (state) {
      epoch = state.epoch;
      seen = state.version;
      apply(state);
    }).catch(function () {}).then(function () {
      asking = false;
      if (again) { again = false; sync(); }
    });
  }

  function apply(state) {
    show(state.problems);
    var css = false;
    for (var news of state.news) {
      if (news.kind === "css") css = true;
      if (news.kind === "pictures") swapPictures(news.paths);
      if (news.kind === "reload" && (!news.pages || !page || news.pages.includes(page))) { reload(); return; }
    }
    if (css) swapStyles();
  }

  // Reload, keeping the place on the page.
  function reload() {
    try {
      sessionStorage.setItem(scrollKey, JSON.stringify([scrollX, scrollY]));
    } catch (e) { /* storage is off: the browser's own memory must do */ }
    location.reload();
  }
  try {
    var place = JSON.parse(sessionStorage.getItem(scrollKey));
    sessionStorage.removeItem(scrollKey);
    if (place) {
      var restore = function () { scrollTo({ left: place[0], top: place[1], behavior: "instant" }); };
      restore();
      addEventListener("load", restore, { once: true });
    }
  } catch (e) { /* as above */ }

  // The new sheet is there before the old one goes: no flash of a page without style.
  function swapStyles() {
    for (let old of document.querySelectorAll("link[rel~=stylesheet]")) {
      var url = new URL(old.href, document.baseURI);
      if (url.origin !== base.origin || old.dataset.guidepostOld) continue;
      url.searchParams.set("guidepost", seen);
      var fresh = old.cloneNode();
      fresh.removeAttribute("integrity");
      fresh.href = url.href;
      old.dataset.guidepostOld = "1";
      fresh.addEventListener("load", function () { old.remove(); });
      fresh.addEventListener("error", function () { this.remove(); delete old.dataset.guidepostOld; });
      old.after(fresh);
    }
  }

  // A photo is shown whole until it is made as narrow as the page asks for. The browser keeps the old one until the new one is there.
  function swapPictures(paths) {
    var root = new URL("..", base);
    function fresh(address) {
      var url = new URL(address, document.baseURI);
      var made = url.origin === root.origin && paths.includes(decodeURIComponent(url.pathname.slice(root.pathname.length)));
      if (made) url.searchParams.set("guidepost", seen);
      return made ? url.href : address;
    }
    for (var img of document.querySelectorAll("img[srcset]")) {
      var old = img.getAttribute("srcset"), src = img.getAttribute("src") || "";
      var next = old.replace(/[^\s,]\S*(?=\s+\d+w)/g, fresh);
      if (next !== old) img.setAttribute("srcset", next);
      if (fresh(src) !== src) img.setAttribute("src", fresh(src));
    }
  }

  // Problems: text only, in a tree of its own that the page's styles do not reach.
  var STYLE =
    ":host{all:initial}section{position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:45vh;overflow:auto;" +
    "box-sizing:border-box;padding:1rem 1.25rem;background:#1d1f21;color:#f4f4f4;border-top:4px solid #e5604d;" +
    "font:16px/1.5 system-ui,sans-serif;text-align:left;direction:ltr}section.mild{border-color:#d9a400}" +
    "h2{font-size:1.1rem;margin:0 6rem .5rem 0}ul{list-style:none;margin:0;padding:0}" +
    "li{margin:.75rem 0;padding:.25rem 0 .25rem 1rem;border-left:6px solid #d9a400}li.error{border-color:#e5604d}p{margin:.15rem 0}" +
    ".place{font-weight:700}.place button{margin-left:.75rem}details{margin:.15rem 0}summary{cursor:pointer}" +
    "pre{font:14px/1.45 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:.35rem 0;" +
    "padding:.35rem .6rem;background:#000}mark{background:#7a2d20;color:#fff}" +
    "button{font:inherit;padding:.25rem .75rem;cursor:pointer;color:#1d1f21;background:#fff;border:2px solid #fff;border-radius:4px}" +
    "li button{font-size:14px;padding:0 .5rem;color:#f4f4f4;background:none;border:1px solid #aaa}section>button{position:absolute;top:.75rem;right:1.25rem}" +
    "button:focus-visible{outline:3px solid #6cb6ff;outline-offset:2px}" +
    "section.closed{inset:auto 1rem 1rem auto;padding:0;border:0;background:none}section.closed>:not(button,.said){display:none}" +
    ".said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}section.closed>button{position:static;color:#fff;background:#a32c1b;border-color:#fff;box-shadow:0 2px 8px #0008}section.mild.closed>button{background:#6b5000}[hidden]{display:none}@media print{section{display:none}}";
  var root = null, section, heading, status, behind, list, button, shown = "", open = true;

  function element(name, text) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    return e;
  }

  function build() {
    var box = element("guidepost-problems");
    root = box.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    section = element("section");
    section.setAttribute("aria-label", "Problems found by Guidepost");
    section.hidden = true;
    heading = element("h2");
    // A heading cannot be a status too; what it says is told to screen readers by a line of its own.
    status = element("p");
    status.setAttribute("role", "status");
    status.className = "said";
    behind = element("p", "The page behind this is the last one that could be made.");
    list = element("ul");
    button = element("button");
    button.type = "button";
    button.addEventListener("click", function () { hide(open); });
    section.append(heading, status, button, behind, list);
    root.append(section);
    // Beside the body, so that a page without one shows it too.
    document.documentElement.append(box);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !section.hidden && open) hide(true);
    });
  }

  function fold() {
    section.classList.toggle("closed", !open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Hide" : heading.textContent;
  }

  // What was hidden stays hidden on the next page, as long as it is the same.
  var hiddenKey = "guidepost-hidden";
  function hide(away) {
    open = !away;
    try { if (away) sessionStorage.setItem(hiddenKey, shown); else sessionStorage.removeItem(hiddenKey); } catch (e) { /* as above */ }
    fold();
  }
  function wasHidden() {
    try { return sessionStorage.getItem(hiddenKey) === shown; } catch (e) { return false; }
  }

  // The line of the file with what is wrong marked, out of the text that the terminal shows; none where that has another form.
  function sourceLine(text) {
    var lines = text.split("\n");
    for (var i = 0; i + 1 < lines.length; i++) {
      var line = /^ *\d+ \| ?(.*)$/.exec(lines[i]), sign = /^ *\| ?( *)(\^+)/.exec(lines[i + 1]);
      if (!line || !sign) continue;
      var letters = Array.from(line[1]), from = sign[1].length, to = from + sign[2].length, pre = element("pre");
      pre.append(letters.slice(0, from).join(""), element("mark", letters.slice(from, to).join("")), letters.slice(to).join(""));
      return pre;
    }
    return null;
  }

  function sentence(text) {
    var whole = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?:)"\u201d`]$/.test(whole) ? whole : whole + ".";
  }

  // One problem: where, what, the line, what to do, what it means.
  function card(p) {
    var item = element("li"), at = /^(.*):(\d+):(\d+)$/.exec(p.place || "");
    item.className = p.severity;
    var place = element("p", at ? at[1] + ", line " + at[2] : p.place || "The whole guide");
    place.className = "place";
    if (p.place && navigator.clipboard) {
      var copy = element("button", "Copy the place");
      copy.type = "button";
      copy.addEventListener("click", function () {
        navigator.clipboard.writeText(p.place).then(function () { copy.textContent = "Copied"; }, function () {});
      });
      place.append(copy);
    }
    var message = element("p", sentence(p.message));
    message.className = "message";
    item.append(place, message);
    var line = at && sourceLine(p.text);
    if (line) item.append(line);
    else if (at) item.append(element("pre", p.text));
    if (p.help) item.append(element("p", "Do this: " + p.help));
    if (p.about) {
      var more = element("details");
      more.append(element("summary", "What this means (" + p.code + ")"), element("p", p.about));
      item.append(more);
    }
    return item;
  }

  function show(problems) {
    var key = JSON.stringify(problems);
    if (key === shown) return;
    shown = key;
    if (!root) {
      if (!problems.length) return;
      build();
    }
    section.hidden = !problems.length;
    var errors = problems.filter(function (p) { return p.severity === "error"; }).length;
    var count = function (n, word) { return n + " " + word + (n === 1 ? "" : "s"); };
    var rest = problems.length - errors;
    var words = [];
    if (errors) words.push(count(errors, "error"));
    if (rest) words.push(count(rest, "warning"));
    heading.textContent = words.join(", ");
    status.textContent = heading.textContent;
    section.classList.toggle("mild", !errors);
    behind.hidden = !errors;
    list.replaceChildren.apply(list, problems.map(card));
    // Warnings do not cover the page; errors do until they are hidden.
    open = errors > 0 && !wasHidden();
    fold();
  }

  // Listening: one tab has the stream and passes on what it hears.
  var source = null, retry = 0;
  var channel = "BroadcastChannel" in window ? new BroadcastChannel("guidepost:" + base.pathname) : null;
  function heard(number) {
    if (number !== epoch + ":" + seen) sync();
  }
  if (channel) channel.onmessage = function (message) { heard(message.data); };

  function listen() {
    if (source) return;
    source = new EventSource(new URL("events", base));
    source.onmessage = function (message) {
      if (channel) channel.postMessage(message.data);
      heard(message.data);
    };
    source.onerror = function () {
      // The browser tries again by itself unless the server refused; a server that is restarting may do that.
      if (source && source.readyState === 2) {
        deaf();
        retry = setTimeout(listen, 1000);
      }
    };
  }
  function deaf() {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  }

  var release = null, waiting = null;
  function join() {
    sync();
    if (channel && navigator.locks) {
      waiting = new AbortController();
      navigator.locks.request("guidepost:" + base.pathname, { signal: waiting.signal }, function () {
        return new Promise(function (resolve) {
          release = resolve;
          listen();
        });
      }).catch(function () {});
    } else if (document.visibilityState !== "hidden") {
      // No locks on plain HTTP to another machine: a tab that nobody sees gives its connection back.
      listen();
    }
  }
  function leave() {
    deaf();
    if (release) release();
    else if (waiting) waiting.abort();
    release = waiting = null;
  }
  if (!(channel && navigator.locks)) {
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") deaf(); else { sync(); listen(); }
    });
  }
  addEventListener("pagehide", leave);
  addEventListener("pageshow", function (event) { if (event.persisted) join(); });
  join();
})();
