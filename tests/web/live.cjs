// Drives a real Chromium against the dev server of tests/integration/serve_browser.rs: asks it for changes by lines on stdout,
// and looks at what the browser shows. Ends with "passed"; any error is a failure.
"use strict";
const http = require("node:http");
const readline = require("node:readline");
const assert = require("node:assert");
const { chromium } = require("playwright-core");

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function tell(command) {
  process.stdout.write(JSON.stringify(command) + "\n");
  const { value } = await lines.next();
  return JSON.parse(value);
}
const set = (path, text) => tell({ set: path, text });
const news = (kind, pages) => tell({ news: kind, pages });
const step = (name) => process.stderr.write("  " + name + "\n");

async function main() {
  let { url } = await tell({ hello: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const context = await browser.newContext();
  context.setDefaultTimeout(60000);
  const complaints = [];
  const watch = (page) => {
    page.on("pageerror", (e) => complaints.push(String(e)));
    return page;
  };
  const shows = (page, text) => page.waitForFunction((t) => document.documentElement.textContent.includes(t), text);
  const body = (text) =>
    `<!doctype html><html lang="en"><head><title>t</title><meta http-equiv="Content-Security-Policy" content="default-src 'self'">` +
    `<link rel="stylesheet" href="style.css"></head><body><h1>${text}</h1><p class="tall">x</p></body></html>`;

  step("an edit shows by itself, and the place on the page stays");
  await set("style.css", ".tall{height:5000px} h1{color:rgb(1, 2, 3)}");
  await set("index.html", body("one"));
  const page = watch(await context.newPage());
  await page.goto(url);
  await shows(page, "one");
  await page.evaluate(() => scrollTo(0, 1234));
  await set("index.html", body("two"));
  await news("reload", ["index.html"]);
  await shows(page, "two");
  await page.waitForFunction(() => scrollY === 1234);

  step("a change of another page does not reload this one");
  await page.evaluate(() => { window.mark = 1; });
  await news("reload", ["other.html"]);

  step("CSS is swapped without a reload");
  const color = (c) => page.waitForFunction((c) => getComputedStyle(document.querySelector("h1")).color === c, c);
  for (const c of ["rgb(10, 20, 30)", "rgb(40, 50, 60)"]) {
    await set("style.css", `.tall{height:5000px} h1{color:${c}}`);
    await news("css");
    await color(c);
  }
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
  assert.equal(await page.evaluate(() => window.mark), 1);

  step("problems are shown as text over the last good page, and go when they are mended");
  const bad = "error: <img src=x onerror=\"window.hacked=1\"> in content/a.md:1:2";
  await tell({ problems: [{ severity: "error", text: bad }, { severity: "warning", text: "old" }] });
  await news("problems");
  const overlay = page.locator("guidepost-problems section");
  await overlay.waitFor({ state: "visible" });
  assert.equal(await page.locator("guidepost-problems .message").first().textContent(), bad[0].toUpperCase() + bad.slice(1) + ".");
  assert.equal(await page.getByRole("status").textContent(), "1 error, 1 warning");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await shows(page, "two");
  await page.keyboard.press("Escape");
  const button = page.getByRole("button", { name: "1 error, 1 warning" });
  await button.waitFor();
  await button.click();
  await page.getByRole("button", { name: "Hide" }).waitFor();
  await tell({ problems: [] });
  await news("problems");
  await overlay.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => window.mark), 1);

  step("an error page and a page without a body come back to life");
  const lost = watch(await context.newPage());
  await lost.goto(url + "deep/er/new.html");
  await shows(lost, "Not found");
  await set("deep/er/new.html", "no body at all");
  await news("reload", ["deep/er/new.html"]);
  await shows(lost, "no body at all");
  await set("deep/er/new.html", "still none");
  await news("reload", ["deep/er/new.html"]);
  await shows(lost, "still none");

  step("a change between loading and listening is not lost");
  await lost.route("**/__guidepost/live.js", async (route) => {
    await set("deep/er/new.html", "in between");
    await news("reload", ["deep/er/new.html"]);
    await route.continue();
  }, { times: 1 });
  await lost.reload();
  await shows(lost, "in between");

  step("ten open tabs do not block an eleventh, and all of them live");
  const tabs = [];
  for (let i = 0; i < 10; i++) {
    const tab = watch(await context.newPage());
    await tab.goto(url);
    tabs.push(tab);
  }
  await set("index.html", body("three"));
  await news("reload", null);
  for (const tab of [page, ...tabs]) await shows(tab, "three");
  // A tab that reloads drops its stream, which the server sees a moment later.
  let streams = 0;
  for (let round = 0; round < 100 && streams !== 1; round++) {
    ({ streams } = await tell({ streams: true }));
    if (streams !== 1) await new Promise((done) => setTimeout(done, 200));
  }
  assert.equal(streams, 1, "one stream for all tabs");

  step("the tab that listens may go");
  for (let round = 0; tabs.length > 1; round++) {
    await (round ? tabs.shift() : page).close();
    await set("index.html", body("round " + round));
    await news("reload", ["index.html"]);
    for (const tab of tabs) await shows(tab, "round " + round);
  }

  step("the server starts again");
  await tell({ restart: "stop" });
  await set("index.html", body("after the restart"));
  await tell({ restart: "start" });
  await shows(tabs[0], "after the restart");

  step("behind a proxy, on another port and under a sub-path");
  const target = new URL(url);
  const proxy = http.createServer((request, response) => {
    if (!request.url.startsWith("/preview/")) { response.writeHead(404).end(); return; }
    const onward = http.request(
      { host: target.hostname, port: target.port, path: request.url.slice("/preview".length), headers: request.headers },
      (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  const proxied = watch(await context.newPage());
  await proxied.goto(`http://127.0.0.1:${proxy.address().port}/preview/deep/er/new.html`);
  await shows(proxied, "in between");
  await set("deep/er/new.html", "through the proxy");
  await news("reload", ["deep/er/new.html"]);
  await shows(proxied, "through the proxy");

  assert.deepEqual(complaints, []);
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  await tell({ passed: true });
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(String(error.stack) + "\n");
  process.exit(1);
});
