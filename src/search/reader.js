// The reader of the search: asks the root and the shards, which are scripts that call guidepostSearch(text).
//
// src/search/query.rs is the same in Rust; a test holds the two together. Plain old JavaScript, no stemmer: words of one
// stem stand side by side in the shards. The interface of a theme calls guidepostSearch.open(root).find(query, options, callback).
(function () {
  "use strict";
  var FORMAT = "2";
  var TITLE = [0, 4.5, 7, 10], NAME = [0, 4, 6.5, 10], TEXT = [0, 1.3, 2, 2.5], FIELD = 1.2, NUMBER = 2;
  var waiting = {}, opened = {};

  // Letters and words, as fold.rs and cut.rs say.
  function ranges(text) {
    return text.split(" ").map(function (pair) {
      pair = pair.split("-");
      return [parseInt(pair[0], 16), parseInt(pair[1], 16)];
    });
  }
  var folds = {};
  "@FOLDS@".split(" ").forEach(function (pair) { folds[pair.charAt(0)] = pair.slice(1); });
  var marks = ranges("@MARKS@"), signs = ranges("@SIGNS@"), spaceless = ranges("@SPACELESS@");
  function within(table, code) {
    for (var low = 0, high = table.length; low < high;) {
      var mid = (low + high) >> 1;
      if (code < table[mid][0]) high = mid;
      else if (code > table[mid][1]) low = mid + 1;
      else return true;
    }
    return false;
  }
  function isPart(text, at) {
    var code = text.charCodeAt(at);
    if (code < 128) return code > 47 && code < 58 || code > 96 && code < 123 || code > 64 && code < 91;
    // A half of a letter, or of a picture.
    if (code > 0xd7ff && code < 0xe000) {
      if (code > 0xdbff) code = text.charCodeAt(at - 1);
      return code < 0xd83c || code > 0xd83e;
    }
    return code === code && !within(signs, code);
  }
  function isSpaceless(text, at) { return within(spaceless, text.charCodeAt(at)); }
  function exact(text) { return (text.normalize ? text.normalize("NFKC") : text).toLowerCase(); }
  function fold(word) {
    if (/^[\x00-\x7f]*$/.test(word) || !word.normalize) return word;
    return word.normalize("NFD").replace(/[^\x00-\x7f]/g, function (c) {
      return within(marks, c.charCodeAt(0)) ? "" : folds[c] || c;
    }).normalize("NFC");
  }
  function words(text) {
    var out = [], at = 0, part;
    text = exact(text);
    function give(word) { out.push(word.slice(0, 40)); }
    while (at < text.length) {
      if (!isPart(text, at)) { at++; continue; }
      if (isSpaceless(text, at)) {
        for (part = at; isPart(text, at) && isSpaceless(text, at);) at++;
        if (at - part < 2) give(text.slice(part, at));
        for (; part + 1 < at; part++) give(text.slice(part, part + 2));
        continue;
      }
      for (part = ""; at < text.length; at++) {
        var c = text.charAt(at), next = isPart(text, at + 1) && !isSpaceless(text, at + 1);
        var number = /\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + 1));
        if (isPart(text, at) && !isSpaceless(text, at)) part += c;
        else if (/['’‘ʼʹ`´]/.test(c) && next) part += "'";
        else if ((c === "." || c === ",") && number) part += c;
        else break;
      }
      var pieces = part.split("'").filter(Boolean);
      if (pieces.length > 1 && pieces[pieces.length - 1] === "s") pieces.pop();
      while (pieces.length > 1 && pieces[0].length < 3 && !/^(d|ll|m|re|t|ve)$/.test(pieces[pieces.length - 1])) give(pieces.shift());
      give(pieces.join(""));
    }
    return out;
  }
  function sound(word) {
    var out = "", last = " ";
    for (var i = 0; i < word.length; i++) {
      var c = word.charAt(i), before = word.charAt(i - 1), next = word.charAt(i + 1), after = word.charAt(i + 2);
      var front = /[eiy]/.test(next), code = c.toUpperCase();
      if (/[aeiou]/.test(c)) { if (i) continue; code = "A"; }
      else if (c === "h") { if (i || !next) continue; code = "A"; }
      else if (c === "y") { if (i) continue; }
      else if (c === "w") { if (i || next === "r") continue; }
      else if (c === "b" || c === "v") code = "B";
      else if (c === "c") {
        if (next === "k" || before === "s" && front) continue;
        code = next === "h" && !/[sy]/.test(before) || front ? "S" : "K";
      }
      else if (c === "s" || c === "z") code = "S";
      else if (c === "x") { if (last !== "K") out += "K"; code = "S"; }
      else if (c === "t" && next === "i" && after === "o") code = "S";
      else if (c === "d" && next === "g") continue;
      else if (c === "g" && next === "h") { if (!after || after === "t") continue; code = "G"; }
      else if (c === "g" && front) code = "J";
      else if (!i && /[gkp]/.test(c) && /[ns]/.test(next)) continue;
      else if (c === "p" && next === "h") code = "F";
      else if (c === "q" || c === "k") code = "K";
      if (code !== last) out += code;
      last = code;
    }
    return out;
  }

  // Numbers and logarithms that are the same in Rust.
  function digit(code) { return code > 96 ? code - 61 : code > 64 && code < 91 ? code - 55 : code > 47 && code < 58 ? code - 48 : code === 45 ? 62 : 63; }
  var DIGITS = [];
  for (var sign = 0; sign < 128; sign++) DIGITS.push(digit(sign));
  // Where the next number begins.
  var from = 0;
  function next(text) {
    for (var number = 0, by = 1, d = 32; d > 31 && from < text.length; by *= 32) {
      d = DIGITS[text.charCodeAt(from++)];
      number += (d & 31) * by;
    }
    return number;
  }
  function log(x) {
    for (var whole = 0; x >= 2; x /= 2) whole++;
    return whole + (x - 1) * (1.35 - 0.35 * x);
  }
  // Letters that differ between two words, two that are swapped counted once; `most` and more are the same.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) >= most) return most;
    var before = [], row = [], next, i, j;
    for (j = 0; j <= b.length; j++) row[j] = j;
    for (i = 1; i <= a.length; i++) {
      next = [i];
      for (j = 1; j <= b.length; j++) {
        var same = a.charAt(i - 1) === b.charAt(j - 1);
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      before = row;
      row = next;
    }
    return Math.min(row[b.length], most);
  }
  function shared(a, b) {
    for (var at = 0; at < a.length && a.charAt(at) === b.charAt(at);) at++;
    return at;
  }

  // Files. Each says its name in its first line; the root's is its format and language.
  function load(url, name, done) {
    var script = document.createElement("script");
    function end(text) {
      if (waiting[name] !== end) return;
      delete waiting[name];
      if (script.parentNode) script.parentNode.removeChild(script);
      done(text);
    }
    waiting[name] = end;
    script.src = url;
    script.onerror = script.onload = function () { end(null); };
    document.head.appendChild(script);
  }
  function guidepostSearch(text) {
    var line = text.slice(0, text.indexOf("\n")), words = line.split(" ");
    var end = waiting[words.length > 1 ? words[1] : line];
    if (end) end(text);
  }

  function Site(root) {
    var base = document.createElement("a");
    base.href = root;
    var match = /^(.*\/)([^\/]+)\.js([?#].*)?$/.exec(base.href) || [0, "", "en"];
    this.folder = match[1];
    this.code = match[2];
    this.files = {};
    this.asked = 0;
    this.loading = false;
  }

  // Gives a file that is there; otherwise notes that it is needed.
  Site.prototype.file = function (name, read) {
    var file = this.files[name];
    if (typeof file === "string") {
      var lines = file.split("\n");
      if (name !== this.code) lines.shift();
      if (!lines[lines.length - 1]) lines.pop();
      file = this.files[name] = read.call(this, lines);
    }
    if (!file) this.needs[name] = 1;
    return file;
  };
  function bounds(line) {
    var cells = (line || "").split("\t"), before = "";
    return cells[0].split(" ").map(function (bound, at) {
      return [before = unfront(before, bound), (cells[1] || "").slice(at * 4, at * 4 + 4)];
    });
  }
  function readRoot(lines) {
    var head = lines[0].split(" "), root = { stops: {}, boosts: {} };
    if (head[0] !== FORMAT) return null;
    root.places = +head[2];
    root.stride = +head[3];
    root.chunk = +head[4];
    root.blocks = +head[5];
    root.group = +head[6];
    root.kinds = lines[1].split("\t").map(function (kind) {
      var at = kind.indexOf("=");
      return [kind.slice(0, at), kind.slice(at + 1)];
    });
    root.docs = lines[2];
    root.terms = bounds(lines[3]);
    root.sounds = bounds(lines[4]);
    (lines[5] || "").split(" ").forEach(function (word) { root.stops[word] = 1; });
    (lines[6] || "").split(" ").forEach(function (pair) {
      pair = pair.split(":");
      root.boosts[pair[0]] = pair[1] / 10;
    });
    return root;
  }
  function unfront(before, text) {
    from = 0;
    var same = next(text);
    return before.slice(0, same) + text.slice(from);
  }
  // Classes of words; each word: folded, exact, postings.
  function readTerms(lines) {
    var before = "";
    return lines.map(function (line) {
      return line.split(" ").map(function (form) {
        var colon = form.indexOf(":"), word = form.slice(0, colon).split("=");
        before = unfront(before, word[0]);
        return { word: before, exact: word[1] || before, list: form.slice(colon + 1) };
      });
    });
  }
  function readSounds(lines) {
    var before = "";
    return lines.map(function (line) {
      var all = line.split(" ");
      before = unfront(before, all[0]);
      return { key: before, words: all.slice(1) };
    });
  }
  function readBlock(lines) {
    var pages = {}, list, first;
    lines.forEach(function (line) {
      var cells = line.split("\t");
      if (!cells[0] && cells.length > 5) {
        list = pages[cells[1]] = pages[cells[1]] || { address: cells[3], title: cells[4], lang: cells[5], places: {} };
        first = +cells[2];
      } else {
        // Most anchors are made of the title.
        if (cells[0] === "-") cells[0] = cells[1].toLowerCase().split(" ").join("-");
        list.places[first++] = { anchor: cells[0], title: cells[1], kind: cells[2], excerpt: cells[3] };
      }
    });
    return pages;
  }
  function place(table, word) {
    for (var low = 0, high = table.length; high - low > 1;) {
      var mid = (low + high) >> 1;
      if (table[mid][0] <= word) low = mid; else high = mid;
    }
    return low;
  }
  Site.prototype.shard = function (table, sort, at, read) {
    return table[at] && table[at][1] ? this.file(this.code + "/" + sort + table[at][1], read) || [] : [];
  };
  function isOf(group, word) { return group.some(function (form) { return form.word === word; }); }
  // The classes among which `word` and what begins with it stand. The next shards are asked when this one does not have the word.
  Site.prototype.classes = function (word, beginning) {
    var table = this.root.terms, at = place(table, word);
    var all = this.shard(table, "t", at, readTerms);
    var most = !all.length || all.some(function (group) { return isOf(group, word); }) ? 0 : Math.min(2, Math.max(0, word.length - 3));
    while (beginning && most-- && table[at + 1] && table[at + 1][0].slice(0, word.length) === word) {
      all = all.concat(this.shard(table, "t", ++at, readTerms));
    }
    return all;
  };

  // The forms that stand for a typed word, each with how well: from 0 to 1.
  Site.prototype.forms = function (typed, last, final) {
    var word = fold(typed), found = [], prefixes = [], near = [], best = 0;
    this.classes(word, last).forEach(function (group) {
      var whole = isOf(group, word);
      group.forEach(function (form) {
        var begins = form.word.slice(0, word.length) === word, length = shared(form.word, word);
        if (form.word === word) {
          found.push([form, typed === word || form.exact === typed ? 1 : 0.7]);
        } else if (whole) {
          found.push([form, begins ? 0.85 : 0.8]);
        } else if (begins && (last || word.length > 3)) {
          prefixes.push([form, 0.4 + 0.4 * word.length / form.word.length]);
        }
        // Another form of the same word, which no page has as it was typed.
        // The more they share, the longer the ends: observed, observation.
        var far = length > 5 ? 6 : 5, most = Math.max(word.length, form.word.length);
        if (!whole && length > 3 && word.length - length < far && form.word.length - length < far && length * 10 >= (length > 5 ? 5 : 6) * most) {
          if (length > best) { best = length; near = []; }
          if (length === best) near.push([form, 0.75]);
        }
      });
    });
    if (found.length) {
      return last && !final ? found.concat(prefixes.map(function (p) { return [p[0], p[1] * 0.5]; })) : found;
    }
    return prefixes.length ? prefixes : near;
  };
  // Words that sound or look like one that no page has, the likest first: word, distance.
  Site.prototype.alike = function (typed) {
    var word = fold(typed), key = sound(word), bare = key.replace(/S$/, ""), list = [], table = this.root.sounds;
    this.shard(table, "s", place(table, key), readSounds).forEach(function (line) {
      // One and many sound alike.
      var keys = line.key.replace(/S$/, "") === bare ? 0 : distance(line.key, key, 3);
      if (keys > 2) return;
      line.words.forEach(function (other) {
        var most = Math.floor(Math.max(word.length, other.length) / 2) + 1;
        var letters = distance(word, other, most);
        if (letters < most) list.push([other, letters + keys * 0.75 + (other.charAt(0) === word.charAt(0) ? 0 : 0.25), keys, letters]);
      });
    });
    return list.sort(function (a, b) { return a[1] - b[1] || (a[0] < b[0] ? -1 : 1); });
  };

  var WEIGHTS = [];
  for (var bits = 0; bits < 128; bits++) {
    var sum = TITLE[bits >> 5 & 3] + NAME[bits >> 3 & 3] + (bits & 4 ? FIELD : 0) + TEXT[bits & 3];
    WEIGHTS.push(sum / (sum + 3.5));
  }
  // The postings of a word, read once: page, place and how, one behind the other; and the pages that only hold it somewhere.
  function unpack(form) {
    var text = form.list, page = 0, at, number;
    if (form.all) return form;
    form.all = [];
    form.rest = [];
    for (from = 0; from < text.length && text.charAt(from) !== "*";) {
      page += next(text);
      at = 0;
      do {
        number = next(text);
        at += number >> 8;
        form.all.push(page, at, number >> 1 & 127);
      } while (number & 1);
    }
    from++;
    for (page = 0; from < text.length;) form.rest.push(page += next(text));
    return form;
  }
  // Where words stand. A place of a word is a number, 0 is none: `heads` has the first on each page, `after` the one behind each.
  function Held(looked, width) {
    var all = 1, size = 1, held = this, seen = new Int32Array(width), pages = held.pages = [];
    looked.forEach(function (look) {
      look.forms.forEach(function (pair) { all += unpack(pair[0]).all.length / 3 + pair[0].rest.length; });
    });
    var after = held.after = new Int32Array(all), places = held.places = new Int32Array(all), how = held.how = new Int32Array(all);
    // How well; how well the form stands for the word.
    var values = held.values = new Float64Array(all), wells = held.wells = new Float64Array(all);
    looked.forEach(function (look) {
      var heads = look.heads = new Int32Array(width), page, i;
      look.count = 0;
      function add(place) {
        places[size] = place;
        after[size] = heads[page];
        values[size] = -1;
        if (!seen[page]) seen[page] = pages.push(page);
        return heads[page] = size++;
      }
      look.forms.forEach(function (pair) {
        var list = pair[0].all, rest = pair[0].rest;
        for (i = 0; i < list.length; i += 3) {
          page = list[i];
          var place = list[i + 1], value = pair[1] * WEIGHTS[list[i + 2]], node = held.find(heads[page], place);
          if (!node) {
            look.count++;
            node = add(place);
          }
          if (values[node] < value) {
            values[node] = value;
            how[node] = list[i + 2];
            wells[node] = pair[1];
          }
        }
        for (i = 0; i < rest.length; i++) {
          page = rest[i];
          if (!heads[page]) values[add(0)] = pair[1] * 0.2;
          look.count++;
        }
      });
    });
  }
  Held.prototype.find = function (node, place) {
    for (var after = this.after, places = this.places; node && places[node] !== place;) node = after[node];
    return node;
  };

  Site.prototype.answer = function (query, options) {
    var site = this, root = this.root = this.file(this.code, readRoot), final = options.final;
    var answer = { state: "ok", query: query, results: [], total: 0, words: [], missing: [], instead: [], nearest: [], partial: false, help: false };
    if (!root) return answer;
    var typed = words(query.slice(0, 200)).slice(0, 24);
    function says(word) { return !root.stops[fold(word)]; }
    var list = typed.filter(says).slice(0, 12);
    // What little is said by words that say little counts when there is not more.
    if (list.length < 3) {
      var room = 6 - list.length;
      list = typed.filter(function (word) { return says(word) || room-- > 0; });
    }
    if (!list.length || list.length === 1 && /^[a-z]$/.test(list[0])) {
      answer.state = "idle";
      return answer;
    }
    var looked = list.map(function (word, at) {
      var last = at === list.length - 1 && word === typed[typed.length - 1];
      return { word: word, says: says(word), last: last, forms: site.forms(word, last, final) };
    });
    // Two words that the guide writes as one, or a number with what is counted.
    looked.forEach(function (look, at) {
      var next = looked[at + 1];
      if (!next) return;
      var both = fold(look.word + next.word), well = /^\d+$/.test(look.word) ? NUMBER : 0.9;
      site.classes(both).forEach(function (group) {
        if (isOf(group, both)) group.forEach(function (form) {
          look.forms = look.forms.concat([[form, well]]);
          next.forms = next.forms.concat([[form, well]]);
        });
      });
    });
    // What stands in for words must wait until all that is typed was looked for.
    if (Object.keys(this.needs).length) return answer;
    looked.forEach(function (look) {
      answer.words.push(look.word);
      if (look.forms.length || !look.says || /\d/.test(look.word)) {
        if (look.forms.length && look.forms[0][1] === 0.75) {
          answer.instead.push([look.word, look.forms[0][0].exact]);
          // Or a letter is wrong.
          var word = fold(look.word), far = distance(word, look.forms[0][0].word, 3);
          site.alike(look.word).forEach(function (other) {
            if (other[2] < 2 && other[3] <= far && other[3] < 3) site.forms(other[0], false, true).forEach(function (form) { look.forms.push([form[0], form[1] * (other[2] ? 0.7 : 0.8)]); });
          });
        }
        return;
      }
      var alike = site.alike(look.word), best = alike[0], length = fold(look.word).length;
      var near = best && (best[2] < 1 ? best[3] <= Math.max(1, length * 0.45) : best[1] <= Math.max(0.5, length * 0.28));
      if (near) {
        alike.forEach(function (other) {
          if (other[1] > best[1] + 0.3) return;
          site.forms(other[0], false, true).forEach(function (form) { look.forms.push([form[0], form[1] * 0.8]); });
        });
        answer.instead.push([look.word, best[0]]);
        look.guess = true;
      } else {
        answer.missing.push(look.word);
        alike.slice(0, 3).forEach(function (other) {
          if (other[1] < length * 0.6 && answer.nearest.length < 5) answer.nearest.push(other[0]);
        });
      }
    });
    return site.rank(answer, looked, options);
  };

  // So many places are looked at in the end.
  var MOST = 300;
  Site.prototype.rank = function (answer, looked, options) {
    var site = this, root = this.root, width = root.blocks * root.stride, count = looked.length;
    var all = 0, ranked = [], most = 0, floor = 0, best = [], at, node;
    var held = new Held(looked, width), after = held.after, values = held.values, how = held.how;
    looked.forEach(function (look) {
      look.worth = log(1 + (root.places + 1) / (Math.min(look.count, root.places) + 0.5)) * (look.says ? 1 : 0.3);
      all += look.worth;
    });
    function order(a, b) { return b.score - a.score || a.page - b.page || a.place - b.place; }
    // What a place is worth that the word at `at` is the first to have.
    function rate(page, first) {
      var score = 0, own = 0, near = 0, titles = 0, names = 0, title = 3, name = 3, well = 1, place = held.places[first];
      for (var other = 0; other < count; other++) {
        var look = looked[other], head = look.heads[page], node = other === at ? first : held.find(head, place);
        if (other < at && node) return;
        if (node) {
          score += look.worth * values[node];
          own += look.worth;
          well = Math.min(well, held.wells[node]);
          var inTitle = how[node] >> 5 & 3, inName = how[node] >> 3 & 3;
          if (inTitle) { titles++; title = Math.min(title, inTitle); }
          if (inName) { names++; name = Math.min(name, inName); }
        } else if (head) {
          score += look.worth * 0.1 * best[other];
          near += look.worth * 0.45;
        }
      }
      score *= 0.4 + 0.6 * (own + near) / all;
      // All that was typed is the title or name, and nothing else.
      var whole = Math.max(1, 4 - count);
      if (titles === count && title === whole || names === count && name === whole) score *= 1 + 0.25 * well * well * well;
      score = Math.round(score * (root.boosts[page] || 1) * 1e6);
      if (score < floor) return;
      ranked.push({ page: page, place: place, score: score, own: own / all });
      if (ranked.length < MOST * 2) return;
      ranked.sort(order);
      ranked.length = MOST;
      floor = ranked[MOST - 1].score;
    }
    held.pages.forEach(function (page) {
      var there = 0, top = 0;
      for (at = 0; at < count; at++) {
        best[at] = 0;
        node = looked[at].heads[page];
        if (node) there += looked[at].worth;
        for (; node; node = after[node]) best[at] = Math.max(best[at], values[node]);
        top += looked[at].worth * best[at];
      }
      most = Math.max(most, there / all);
      // No place of the page can be worth more.
      if (top * (root.boosts[page] || 1) * 1.26e6 < floor) return;
      for (at = 0; at < count; at++) {
        for (node = looked[at].heads[page]; node; node = after[node]) rate(page, node);
      }
    });
    ranked.sort(order);
    // The second place of a page gives way a little, so that others are seen.
    var seen = {};
    ranked = ranked.slice(0, MOST).filter(function (result) {
      var count = seen[result.page] = (seen[result.page] || 0) + 1;
      result.score = Math.round(result.score * [1, 0.85, 0.7, 0.6][Math.min(count, 4) - 1]);
      return count < 6;
    });
    ranked.sort(order);
    var least = ranked.length ? ranked[0].score * 0.12 : 0;
    ranked = ranked.filter(function (result) { return result.score >= least; });
    answer.total = ranked.length;
    answer.partial = most < 0.999;
    var whole = ranked.slice(0, 3).some(function (result) { return result.own > 0.999; });
    var guessed = looked.some(function (look) { return look.guess; });
    answer.help = !ranked.length || !whole || guessed || answer.missing.length > 0;
    var from = options.offset || 0, limit = options.limit || 8;
    answer.results = ranked.slice(from, from + limit).map(function (result) { return site.result(result, looked); });
    return answer;
  };

  // Text in pieces, those that were looked for marked.
  function pieces(text, looked) {
    var out = [], plain = "", at = 0, end;
    function is(word) {
      return looked.some(function (look) {
        return look.marks[word] || look.last && look.forms.length && word.slice(0, look.folded.length) === look.folded;
      });
    }
    while (at < text.length) {
      for (end = at; isPart(text, end) && !(isSpaceless(text, end) && end > at + 1);) end++;
      if (end > at) {
        if (is(fold(exact(text.slice(at, end))))) {
          if (plain) out.push([plain, false]);
          plain = "";
          out.push([text.slice(at, end), true]);
        } else if (isSpaceless(text, at)) {
          plain += text.charAt(at);
          end = at + 1;
        } else plain += text.slice(at, end);
        at = end;
      } else plain += text.charAt(at++);
    }
    if (plain) out.push([plain, false]);
    return out;
  }

  Site.prototype.result = function (result, looked) {
    var root = this.root, marks = root.docs, at;
    var block = (Math.floor(result.page / root.stride) + Math.floor(result.place / root.chunk)) % root.blocks;
    // A large index has the marks of its blocks in files of their own.
    if (root.group) {
      at = Math.floor(block / root.group);
      marks = this.file(this.code + "/m" + at + "-" + marks.slice(at * 3, at * 3 + 3), function (lines) { return { list: lines[0] }; });
      marks = marks && marks.list;
    }
    at = root.group ? block % root.group * 3 : block * 3;
    var pages = marks && this.file(this.code + "/d" + block + "-" + marks.slice(at, at + 3), readBlock);
    var page = pages && pages[result.page], place = page && page.places[result.place];
    if (!place) return null;
    looked.forEach(function (look) {
      look.marks = look.marks || {};
      look.folded = fold(look.word);
      look.forms.forEach(function (form) { look.marks[form[0].word] = 1; });
    });
    var kind = root.kinds[place.kind === "" ? -1 : +place.kind];
    var address = encodeURI(page.address) + (place.anchor ? "#" + encodeURIComponent(place.anchor) : "");
    return {
      title: place.title, titleParts: pieces(place.title, looked), page: place.anchor ? page.title : "",
      address: address, url: this.folder + "../" + address, kind: kind ? kind[0] : "", group: kind ? kind[1] : "",
      lang: page.lang, snippet: pieces(place.excerpt, looked)
    };
  };

  Site.prototype.get = function (names, done) {
    var site = this, left = names.length, failed = false;
    names.forEach(function (name) {
      load(site.folder + name + ".js", name, function (text) {
        site.files[name] = text;
        if (text === null) failed = true;
        if (!--left) done(failed);
      });
    });
  };
  Site.prototype.warm = function () {
    if (!(this.code in this.files) && !waiting[this.code]) this.get([this.code], function () {});
  };
  Site.prototype.find = function (query, options, callback) {
    var site = this, turn = ++this.asked;
    function again(failed) {
      if (turn !== site.asked) return;
      var answer = { state: "error", query: query, results: [], total: 0, words: [], missing: [], instead: [], nearest: [], partial: false, help: true };
      site.needs = {};
      var found = failed ? answer : site.answer(query, options || {});
      var names = Object.keys(site.needs).filter(function (name) { return !waiting[name]; });
      if (!Object.keys(site.needs).length) {
        site.loading = false;
        callback(found);
      } else if (names.some(function (name) { return name in site.files; })) {
        // It is there, but of another form.
        site.loading = false;
        callback(answer);
      } else {
        site.loading = true;
        if (names.length) site.get(names, again);
        else setTimeout(again, 20);
      }
    }
    again();
  };

  guidepostSearch.open = function (root) {
    return opened[root] = opened[root] || new Site(root);
  };
  window.guidepostSearch = guidepostSearch;
})();
