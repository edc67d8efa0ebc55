// A pretended reader of the search index: the same functions as search/reader.js, and answers as a test wants them.

/** What a reader says when nothing is said otherwise. */
const empty = { state: 'ok', words: [], missing: [], instead: [], nearest: [], partial: false, help: false };

export const answer = {
  /** One result; `url` counts from the top of the site, where the pages of these tests lie or which they only compare. */
  result: (over) => ({
    title: 'A title', titleParts: [[over.title ?? 'A title', false]], page: 'A page', address: 'index.html', url: 'index.html', kind: 'page',
    group: 'Pages', lang: '', snippet: [['Some text with a ', false], ['mark', true]], ...over,
  }),
};

/** For `addInitScript`: every query gets `said`, `delay` ms later, cut by `limit` and `offset` as the reader does. */
export const pretend = (said, delay = 0) => [([all, wait]) => {
  let turn = 0;
  const search = {
    loading: false,
    warm() {},
    find(query, { limit = 8, offset = 0 }, done) {
      const mine = ++turn;
      search.loading = true;
      setTimeout(() => {
        if (mine !== turn) return;
        search.loading = false;
        done({ ...all, query, results: all.results.slice(offset, offset + limit) });
      }, wait);
    },
  };
  window.guidepostSearch = { open: () => search };
}, [{ ...empty, ...said }, delay]];
