// Faults of many pages as one readable message: the same fault is told once, with where it was seen.

import assert from 'node:assert/strict';

/** Collects faults; `check()` fails with all of them. */
export class Faults {
  #seen = new Map();

  add(where, what) {
    if (!this.#seen.has(what)) this.#seen.set(what, new Set());
    this.#seen.get(what).add(where);
  }

  addAll(where, list) { for (const what of list) this.add(where, what); }

  get count() { return this.#seen.size; }

  text(limit = 60) {
    const lines = [...this.#seen].sort((a, b) => b[1].size - a[1].size).map(([what, where]) => {
      const places = [...where];
      const more = places.length > 4 ? ` and ${places.length - 4} more` : '';
      return `- ${what}\n    ${places.slice(0, 4).join(', ')}${more}`;
    });
    const rest = lines.length > limit ? [`… and ${lines.length - limit} more kinds of fault`] : [];
    return [...lines.slice(0, limit), ...rest].join('\n');
  }

  check(rule) { assert.ok(this.count === 0, `${rule}\n${this.text()}`); }
}
