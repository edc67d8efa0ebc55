// A site with 60 old addresses, moved pages and three languages behind the real Apache and nginx, at the top of the host and below
// a folder: every page, every redirect, what is not found at any depth, each header and type. Netlify's own parsers read its files,
// and Cloudflare's own server shows them where its program is there.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseAllHeaders } from '@netlify/headers-parser';
import { parseAllRedirects } from '@netlify/redirect-parser';
import { program as guidepost } from './support/guide.mjs';

const LASTING = 'public, max-age=31536000, immutable';
const work = mkdtempSync(join(tmpdir(), 'guidepost-hosts-'));
const running = [];
after(() => {
  running.forEach((server) => server.kill('SIGTERM'));
  rmSync(work, { recursive: true, force: true });
});

/** The files of a folder, as paths from it. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const page = (title, aliases = []) =>
  `---\ntitle: ${JSON.stringify(title)}\n${aliases.length ? `aliases: [${aliases.map((a) => JSON.stringify(a)).join(', ')}]\n` : ''}---\nText of ${title}.\n`;

/** Builds the site for these hosts, all but Cloudflare, which shares its files with Netlify; `base` is its path, such as /guide. */
function site(base, hosts = 'github-pages, netlify, azure, s3, iis-full, apache, nginx') {
  const root = join(work, `site${base.replace('/', '-')}`);
  const write = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(
    'site.yaml',
    `title: Guide\nlanguages: [en, es, ar]\nhosts: [${hosts}]\n` +
      `base_url: https://www.example.org${base}\nfiles: ['files/*']\n`,
  );
  write('content/index.md', page('Home'));
  for (let n = 0; n < 15; n++) {
    // 60 in all, in each form that editors write, and those that are hard for a pattern.
    const old = [`old/page-${n}.html`, `moved-${n}/`, `old page-${n}.php`, `2019/a+b (${n}) & niño.html`];
    write(`content/meetings/page-${n}.md`, page(`Page ${n}`, old));
    if (n < 5) write(`content/es/meetings/page-${n}.md`, page(`Página ${n}`, [`viejo-${n}.html`]));
  }
  write('content/meetings/index.md', page('Meetings'));
  write('content/meetings/a & b.md', page('Ampersand', ['ampersand.html']));
  write('content/ar/meetings/page-1.md', page('صفحة'));
  write('content/files/year.ics', 'BEGIN:VCALENDAR\nEND:VCALENDAR\n');
  write('content/files/talk.vtt', 'WEBVTT\n');
  write('content/files/rows.csv', 'a,b\n');
  cpSync(new URL('../../docs/content/pictures/phones.png', import.meta.url), join(root, 'content/files/photo.png'));
  execFileSync(guidepost, ['build', '--no-checks', '--no-cache', '--date', '2026-12-01'], { cwd: root, stdio: 'pipe' });
  return join(root, 'public');
}

/** A free port. */
const port = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Asks a server, and follows nothing. */
const ask = (at, path) =>
  new Promise((done, failed) => {
    request({ host: '127.0.0.1', port: at, path, headers: { connection: 'close' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    })
      .on('error', failed)
      .end();
  });

async function up(at) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await ask(at, '/');
      return;
    } catch {
      await new Promise((next) => setTimeout(next, 30));
    }
  }
  throw new Error('the server does not answer');
}

/** Starts a server that hands out `root`, with a config that `text(port)` gives. */
async function serve(name, program, args, text) {
  const at = await port();
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'server.conf'), text(at, folder));
  const server = spawn(program, args(folder), { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  server.stderr.on('data', (part) => (said += part));
  running.push(server);
  await up(at).catch((error) => assert.fail(`${name}: ${error.message}\n${said}${existsSync(join(folder, 'error.log')) ? readFileSync(join(folder, 'error.log')) : ''}`));
  return at;
}

const MODULES = '/usr/lib/apache2/modules';
const load = (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so\n`;

/** Apache with this AllowOverride; `root` is the folder in which the site lies at its path. */
const apache = (name, root, override) =>
  serve(name, '/usr/sbin/apache2', (folder) => ['-X', '-f', join(folder, 'server.conf')], (at, folder) =>
    `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${at}\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log\n` +
    ['mpm_event', 'authz_core', 'dir', 'mime', 'alias', 'headers', 'setenvif'].map(load).join('') +
    `${process.getuid() === 0 ? 'User www-data\nGroup www-data\n' : ''}TypesConfig /etc/mime.types\nDocumentRoot ${root}\n` +
    `DirectoryIndex index.html\n<Directory ${root}>\nAllowOverride ${override}\nRequire all granted\n</Directory>\n`);

const nginx = (name, root, include) =>
  serve(name, '/usr/sbin/nginx', (folder) => ['-p', folder, '-c', join(folder, 'server.conf'), '-e', 'stderr'], (at, folder) =>
    `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n` +
    ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((t) => `  ${t}_temp_path ${folder}/${t};\n`).join('') +
    `  include /etc/nginx/mime.types;\n  server {\n    listen 127.0.0.1:${at};\n    root ${root};\n    include ${include};\n  }\n}\n`);

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8', xml: 'application/xml; charset=utf-8', txt: 'text/plain; charset=utf-8',
  ics: 'text/calendar; charset=utf-8', vtt: 'text/vtt; charset=utf-8', csv: 'text/csv; charset=utf-8', png: 'image/png',
  webmanifest: 'application/manifest+json; charset=utf-8',
};
const encoded = (path) => path.split('/').map(encodeURIComponent).join('/');
const policyOf = (html) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1];
const isRedirect = (html) => html.includes('http-equiv="refresh"');

/** Everything that was promised of a server. */
async function promised(at, base, out) {
  const read = (path) => readFileSync(join(out, path));
  const policy = policyOf(read('index.html').toString());
  const counts = { pages: 0, redirects: 0, lasting: 0, types: new Set() };
  for (const path of filesIn(out)) {
    const url = `${base}/${encoded(path)}`;
    if (path.startsWith('.') || ['_headers', '_redirects', 'CNAME', 'web.config', 'staticwebapp.config.json'].includes(path)) {
      if (path.startsWith('.guidepost') || path === '.htaccess') {
        assert.ok([403, 404].includes((await ask(at, url)).status) || path === '.htaccess', `${path} is shown`);
      }
      continue;
    }
    const answer = await ask(at, url);
    if (isRedirect(read(path).toString())) {
      counts.redirects++;
      assert.equal(answer.status, 301, path);
      const target = /http-equiv="refresh" content="0; url=([^"]*)"/.exec(read(path).toString())[1].replaceAll('&amp;', '&');
      const to = new URL(answer.headers.location, 'http://x').pathname;
      const meant = new URL(target, `http://x${url}`).pathname.replace(/index\.html$/, '');
      assert.equal(decodeURIComponent(to), decodeURIComponent(meant), path);
      assert.equal((await ask(at, to)).status, 200, `${path} leads to ${to}`);
      if (path.endsWith('/index.html')) {
        for (const folder of [url.slice(0, -10), url.slice(0, -11)]) {
          const again = await ask(at, folder);
          assert.deepEqual([again.status, new URL(again.headers.location, 'http://x').pathname], [301, to], folder);
        }
      }
      continue;
    }
    assert.equal(answer.status, 200, path);
    assert.deepEqual(answer.body, read(path), path);
    const extension = path.split('.').pop();
    assert.ok(TYPES[extension], `no type is expected of ${path}`);
    assert.equal(answer.headers['content-type'].toLowerCase(), TYPES[extension], path);
    counts.types.add(extension);
    assert.equal(answer.headers['content-security-policy'], policy, path);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', path);
    const lasts = /^assets\/.*\.[0-9a-f]{8}\.\w+$/.test(path) || /^search\/\w+\//.test(path);
    assert.equal(answer.headers['cache-control'], lasts ? LASTING : 'no-cache', path);
    counts.lasting += lasts;
    if (extension === 'html') {
      counts.pages++;
      assert.equal(policyOf(answer.body.toString()), policy, `${path}: the header is not what the page says`);
    }
  }
  for (const lost of ['no.html', 'meetings/no', 'es/meetings/no/page.html', 'a/b/c/d/', 'old/page-1.htm', 'xold/page-1.html']) {
    const answer = await ask(at, `${base}/${lost}`);
    assert.equal(answer.status, 404, lost);
    assert.deepEqual(answer.body, read('404.html'), lost);
    assert.equal(answer.headers['content-security-policy'], policy, lost);
  }
  for (const hidden of ['.guidepost-outputs', '.guidepost-host/nginx.conf']) {
    assert.equal((await ask(at, `${base}/${hidden}`)).status, 404, hidden);
  }
  assert.ok(counts.redirects >= 60 * 3 && counts.pages > 60 && counts.lasting > 10, JSON.stringify(counts));
  for (const type of ['html', 'css', 'js', 'ics', 'vtt', 'csv', 'png', 'svg', 'xml', 'txt']) assert.ok(counts.types.has(type), type);
  return counts;
}

const built = {};
before(() => {
  for (const base of ['', '/guide']) {
    const root = join(work, `root${base.replace('/', '-')}`);
    const out = site(base);
    mkdirSync(root, { recursive: true });
    cpSync(out, join(root, base), { recursive: true });
    if (process.getuid() === 0) execFileSync('chmod', ['-R', 'a+rX', work]);
    built[base] = { root, out };
  }
});

for (const base of ['', '/guide']) {
  const where = base || 'the top';
  test(`Apache, AllowOverride All, at ${where}`, async () => {
    const { root, out } = built[base];
    await promised(await apache(`apache-all${base.replace('/', '-')}`, root, 'All'), base, out);
  });

  test(`nginx at ${where}`, async () => {
    const { root, out } = built[base];
    const include = join(root, base, '.guidepost-host/nginx.conf');
    await promised(await nginx(`nginx${base.replace('/', '-')}`, root, include), base, out);
  });
}

test('Apache, AllowOverride FileInfo: nothing that it refuses stands in the file', async () => {
  const { root, out } = built['/guide'];
  await promised(await apache('apache-fileinfo', root, 'FileInfo'), '/guide', out);
});

test('Apache, AllowOverride None: pages are there, and old addresses lead on by themselves', async () => {
  const { root } = built['/guide'];
  const at = await apache('apache-none', root, 'None');
  assert.equal((await ask(at, '/guide/meetings/page-1.html')).status, 200);
  const old = await ask(at, '/guide/old/page-1.html');
  assert.equal(old.status, 200);
  assert.ok(isRedirect(old.body.toString()));
});

test("Netlify's parsers take every rule", async () => {
  for (const base of ['', '/guide']) {
    const { out } = built[base];
    const { redirects, errors } = await parseAllRedirects({
      redirectsFiles: [join(out, '_redirects')], configRedirects: [], minimal: true,
    });
    assert.deepEqual(errors, []);
    const moved = redirects.filter((rule) => rule.status === 301 && rule.force);
    const pages = filesIn(out).filter((path) => path !== '404.html' && isRedirect(readFileSync(join(out, path)).toString()));
    for (const path of pages) {
      assert.ok(moved.some((rule) => decodeURIComponent(rule.from ?? rule.path) === `${base}/${path}`), path);
    }
    const headers = await parseAllHeaders({ headersFiles: [join(out, '_headers')], configHeaders: [], minimal: true });
    assert.deepEqual(headers.errors, []);
    const all = headers.headers.find((rule) => rule.for === `${base}/*`).values;
    assert.equal(all['Content-Security-Policy'], policyOf(readFileSync(join(out, 'index.html')).toString()));
    assert.ok(headers.headers.some((rule) => rule.values['Cache-Control'] === LASTING));
  }
});

test('Cloudflare: canonical addresses and the sitemap name what it shows without sending on', () => {
  const out = site('/', 'cloudflare');
  const html = readFileSync(join(out, 'meetings/page-1.html')).toString();
  assert.ok(html.includes('<link rel="canonical" href="https://www.example.org/meetings/page-1">'));
  assert.ok(!readFileSync(join(out, 'sitemap.xml')).toString().includes('.html<'));
});

// Its program is some 200 MB, so it is asked only where it is there: WRANGLER=path/to/wrangler scripts/test web hosts
test("Cloudflare's own server takes every rule, and answers as promised", { skip: !process.env.WRANGLER }, async () => {
  const out = site('/', 'cloudflare');
  const at = await port();
  const server = spawn(process.env.WRANGLER, [
    'pages', 'dev', out, '--port', String(at), '--ip', '127.0.0.1', '--compatibility-date=2026-05-01', '--show-interactive-dev-session=false',
  ], { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' } });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (part) => (said += part));
  running.push({ kill: (signal) => process.kill(-server.pid, signal) });
  let answers = false;
  for (let tries = 0; tries < 120 && !answers; tries++) {
    await new Promise((next) => setTimeout(next, 500));
    answers = await ask(at, '/').then((answer) => answer.status === 200, () => false);
  }
  assert.ok(answers, said);
  assert.match(said, /Parsed [1-9]\d* valid redirect rules/);
  assert.match(said, /Parsed [1-9]\d* valid header rules/);
  assert.doesNotMatch(said, /invalid (redirect|header)|ignored|exceed/i);
  const policy = policyOf(readFileSync(join(out, 'index.html')).toString());
  let redirects = 0, pages = 0;
  for (const path of filesIn(out).filter((path) => path.endsWith('.html') && path !== '404.html' && !path.startsWith('.'))) {
    const html = readFileSync(join(out, path));
    if (isRedirect(html.toString())) {
      // As browsers send it: `+` and `&` as they are.
      const answer = await ask(at, `/${encodeURI(path)}`);
      const target = /http-equiv="refresh" content="0; url=([^"]*)"/.exec(html.toString())[1].replaceAll('&amp;', '&');
      const meant = new URL(target, `http://x/${encoded(path)}`).pathname.replace(/(index)?\.html$/, '');
      assert.deepEqual([answer.status, decodeURIComponent(new URL(answer.headers.location, 'http://x').pathname)], [301, decodeURIComponent(meant)], path);
      redirects++;
      continue;
    }
    const answer = await ask(at, `/${encoded(path.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, ''))}`);
    assert.equal(answer.status, 200, path);
    assert.deepEqual(answer.body, html, path);
    assert.equal(answer.headers['content-security-policy'], policy, path);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', path);
    pages++;
  }
  const style = filesIn(out).find((path) => /^assets\/.*\.[0-9a-f]{8}\.css$/.test(path));
  assert.equal((await ask(at, `/${style}`)).headers['cache-control'], LASTING);
  for (const lost of ['no', 'a/b/c/d', 'es/meetings/no/page.html']) {
    const answer = await ask(at, `/${lost}`);
    assert.deepEqual([answer.status, answer.body], [404, readFileSync(join(out, '404.html'))], lost);
  }
  assert.ok(redirects >= 60 && pages > 60, `${redirects} redirects, ${pages} pages`);
});

test('GitHub Pages: the name of the host, and no file is left out', () => {
  assert.equal(readFileSync(join(built[''].out, 'CNAME')).toString(), 'www.example.org\n');
  assert.ok(existsSync(join(built[''].out, '.nojekyll')));
  assert.ok(!existsSync(join(built['/guide'].out, 'CNAME')), 'a name has no folder');
});

test('S3: the script is one that a shell takes, and names each old address', () => {
  const { out } = built['/guide'];
  const script = join(out, '.guidepost-host/s3.sh');
  // Instead of the program, one that notes what it was asked.
  const bin = join(work, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'aws'), '#!/bin/sh\nfor a; do printf "%s\\t" "$a"; done\necho\n', { mode: 0o755 });
  const said = execFileSync('sh', [script, 'bucket/guide'], { env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } })
    .toString().trim().split('\n').map((line) => line.trim().split('\t'));
  const redirects = said.filter((line) => line.includes('--website-redirect'));
  assert.equal(redirects.length, filesIn(out).filter((p) => isRedirect(readFileSync(join(out, p)).toString())).length);
  assert.ok(redirects.some((line) => line[3] === 's3://bucket/guide/2019/a+b (3) & niño.html'));
  const [first, last] = [said[0], said.at(-1)];
  assert.ok(first.includes(LASTING) && last.includes('--delete') && !first.includes('--delete'));
});
