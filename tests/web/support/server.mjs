// A static server as plain as a district's host: files, the right types, 404.html for what is not there.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/**
 * Serves a folder on a free port of this machine, below `prefix` ('/' or '/a/path/').
 * `extra` maps paths to HTML that is not in the folder (for tests of the tests). `cuts` makes it one of the hosts that show no
 * `.html`: `/a/b.html` leads to `/a/b` and `/a/index.html` to `/a/`, and those give the pages.
 */
export async function serve(root, { prefix = '/', extra = {}, cuts = false } = {}) {
  const server = createServer(async (request, response) => {
    const send = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
    try {
      const url = new URL(request.url, 'http://localhost');
      const path = decodeURIComponent(url.pathname);
      const shown = url.pathname.replace(/(?:(\/)index)?\.html$/, '$1');
      if (cuts && shown !== url.pathname) return response.writeHead(308, { location: shown + url.search }).end();
      if (extra[path]) return send(200, types['.html'], extra[path]);
      if (!path.startsWith(prefix)) return send(404, 'text/plain', 'outside the site');
      let file = normalize(join(root, path.slice(prefix.length)));
      if (file !== normalize(root) && !file.startsWith(normalize(root + sep))) return send(403, 'text/plain', 'no');
      // Such hosts look for a page first: beside search.html there is a folder search.
      if (cuts && !extname(file) && (await stat(`${file}.html`).catch(() => null))) file += '.html';
      else if ((await stat(file).catch(() => null))?.isDirectory()) file = join(file, 'index.html');
      const body = await readFile(file).catch(() => null);
      if (body === null) return send(404, types['.html'], await readFile(join(root, '404.html')));
      return send(200, types[extname(file)] ?? 'application/octet-stream', body);
    } catch (error) {
      return send(500, 'text/plain', String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: (file) => new URL(file, origin + encodeURI(prefix)).href,
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  };
}
