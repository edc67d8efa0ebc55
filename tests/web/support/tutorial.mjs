// The steps of the manual's page "A theme, step by step": the site that they lead to, made as a reader makes it.
// The sentence before each block says what to do with it; tests/integration/support/tutorial.rs takes the same steps.

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes the site in a folder of its own; gives the folder of what was built. */
export function follow(program, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const page = readFileSync(new URL('../../../docs/content/themes/tutorial.md', import.meta.url), 'utf8');
  const at = (file) => join(folder, file);
  const put = (file, change) => {
    const old = readFileSync(at(file), 'utf8');
    const made = change(old);
    if (made === old) throw new Error(`${file}: a step changes nothing`);
    writeFileSync(at(file), made);
  };
  for (const [, said, sort, text] of page.matchAll(/^([^\n]*)\n\n```(\w+)\n(.*?)^```$/gms)) {
    if (sort === 'sh') {
      for (const line of text.trim().split('\n')) execFileSync(program, line.split(' ').slice(1), { cwd: folder, stdio: 'pipe' });
      continue;
    }
    const step = said.match(/`([^`]+)`(, before | instead of )`(.+)`:$/);
    const end = said.match(/at the end of `([^`]+)`:$/), whole = said.match(/`([^`]+)`:$/);
    if (step) {
      const [, file, how, mark] = step;
      put(file, (old) => old.replace(mark, () => (how === ', before ' ? text + mark : text.trimEnd())));
    } else if (end) {
      appendFileSync(at(end[1]), text);
    } else if (whole) {
      mkdirSync(dirname(at(whole[1])), { recursive: true });
      writeFileSync(at(whole[1]), text);
    } else {
      throw new Error(`no step: ${said}`);
    }
  }
  return at('public');
}
