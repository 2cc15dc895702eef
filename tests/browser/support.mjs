// What the browser tests share: a server on a knowledge base of their own, a browser, and axe.
// Where the program, the packages and a browser are: SAKUIN_PROGRAM, SAKUIN_MODULES, SAKUIN_CHROMIUM.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import assert from "node:assert/strict";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const modules = resolve(process.env.SAKUIN_MODULES ?? join(root, "build/browser"));
const packages = createRequire(join(modules, "package.json"));
const { chromium } = packages("playwright-core");
const axeSource = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
export const program = resolve(process.env.SAKUIN_PROGRAM ?? join(root, "build/sakuin"));
export const articles = join(root, "corpus/articles");

// Runs the program to its end; its standard output.
export function run(...words) {
  const done = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(done.status === 0 || done.status === 1, `sakuin ${words.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

export function folder() {
  const made = mkdtempSync(join(tmpdir(), "sakuin-browser-"));
  after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

// A new knowledge base of these files and folders; its path.
export function knowledgeBase(paths = [articles], extra = {}) {
  const at = folder();
  for (const [name, text] of Object.entries(extra)) {
    writeFileSync(join(at, name), text);
    paths = [...paths, join(at, name)];
  }
  const kb = join(at, "kb.db");
  run("--db", kb, "-q", "ingest", ...paths);
  return kb;
}

// Serves until the file's tests are over; the address without a slash at its end.
export async function serve(kb, ...options) {
  const server = spawn(program, ["--db", kb, "serve", "--listen", "127.0.0.1:0", ...options]);
  after(() => new Promise((done) => { server.once("exit", done); server.kill("SIGTERM"); }));
  let said = "";
  return new Promise((resolved, failed) => {
    server.stderr.on("data", (text) => { said += text; });
    server.once("exit", () => failed(new Error(`sakuin serve ended: ${said}`)));
    server.stdout.once("data", (text) => resolved(String(text).trim().replace(/\/$/, "")));
  });
}

// Opened here, outside of any test, so that it lives as long as the file's tests.
const browser = await chromium.launch({
  executablePath: process.env.SAKUIN_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run"],
});
after(() => browser.close());

// A page of a window of its own. It fails its test (by `page.problems`) on errors of scripts, reports of the
// content policy, and requests to anywhere else; look at them with `clean(page)`.
export async function open(address, options = {}) {
  const { script = true, width = 1280, height = 900, dark = false, forced = false, language = "en" } = options;
  const context = await browser.newContext({
    javaScriptEnabled: script, viewport: { width, height }, colorScheme: dark ? "dark" : "light",
    forcedColors: forced ? "active" : "none", locale: language, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.problems = [];
  const origin = new URL(address).origin;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") page.problems.push(message.text());
  });
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) page.problems.push(`request to ${url}`);
  });
  const response = await page.goto(address);
  page.status = response.status();
  return page;
}

export function clean(page) {
  assert.deepEqual(page.problems, []);
}

export async function shut(page) {
  await page.context().close();
}

// No sideways scrolling of the page itself.
export async function fits(page) {
  const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(inside <= window, `the page is ${inside} wide in a window of ${window}: ${page.url()}`);
}

// Violations of WCAG 2.2 AA as one line each; empty where there are none.
export async function violations(page) {
  const known = await page.evaluate(() => "axe" in window);
  if (!known) await page.evaluate(`(() => { ${axeSource}; window.axe = axe; })()`);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
  }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
}
