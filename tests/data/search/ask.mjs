// Asks the reader of a built site what `language TAB finished TAB query` on each line of standard input finds; prints an answer a line.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const folder = path.resolve(process.argv[2]);
const window = {};
const document = {
  createElement: () => ({ parentNode: null }),
  head: {
    appendChild(script) {
      let text;
      try {
        text = fs.readFileSync(script.src, 'utf8');
      } catch {
        script.onerror();
        return;
      }
      vm.runInContext(text, context);
      script.onload();
    },
  },
};
const context = vm.createContext({ window, document, setTimeout });
Object.defineProperty(context, 'guidepostSearch', { get: () => window.guidepostSearch });
vm.runInContext(fs.readFileSync(path.join(folder, 'reader.js'), 'utf8'), context);

for (const line of fs.readFileSync(0, 'utf8').split('\n').slice(0, -1)) {
  const [lang, finished, query] = line.split('\t');
  window.guidepostSearch.open(path.join(folder, `${lang}.js`)).find(query, { limit: 10, final: finished === 'true' }, (answer) => {
    const { state, total, words, missing, instead, nearest, partial, help } = answer;
    const results = answer.results.map((result) => result.address), titles = answer.results.map((result) => result.title);
    console.log(JSON.stringify({ state, results, titles, total, words, missing, instead, nearest, partial, help }));
  });
}
