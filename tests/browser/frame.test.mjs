// The frame of every page: languages, glyphs, keys, what the first page weighs.
import test from "node:test";
import assert from "node:assert/strict";
import { clean, fits, knowledgeBase, open, serve, shut } from "./support.mjs";

const site = await serve(knowledgeBase());

test("the page speaks the browser's language, and another one that is chosen", async () => {
  const page = await open(`${site}/`, { language: "ja-JP" });
  assert.equal(await page.getAttribute("html", "lang"), "ja");
  await page.click('.languages a[hreflang="zh-Hant"]');
  assert.equal(await page.getAttribute("html", "lang"), "zh-Hant");
  await page.goto(`${site}/?q=knee`);
  assert.equal(await page.getAttribute("html", "lang"), "zh-Hant");
  clean(page);
  await shut(page);
});

test("the same characters have the glyphs of their language", async () => {
  const page = await open(`${site}/`);
  const shots = {};
  for (const language of ["zh-Hans", "zh-Hant", "ja"]) {
    await page.evaluate((lang) => {
      const box = document.createElement("p");
      box.id = "glyphs"; box.lang = lang; box.style.fontSize = "48px"; box.style.width = "400px";
      box.textContent = "\u76f4\u9aa8\u4ee4\u5316\u9580";
      document.getElementById("glyphs")?.remove();
      document.querySelector("main").append(box);
    }, language);
    shots[language] = (await page.locator("#glyphs").screenshot()).toString("base64");
  }
  assert.notEqual(shots["zh-Hans"], shots.ja);
  assert.notEqual(shots["zh-Hans"], shots["zh-Hant"]);
  assert.notEqual(shots["zh-Hant"], shots.ja);
  await shut(page);
});

test("a slash goes to the search box, but is text in it and while an input method composes", async () => {
  const page = await open(`${site}/`);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue("#q"), "a/b");
  await page.evaluate(() => {
    document.activeElement.blur();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, isComposing: true }));
  });
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "q");
  clean(page);
  await shut(page);
});

test("the first page is light and asks nothing of anybody else", async () => {
  const page = await open(`${site}/nothing-here`);
  page.problems.length = 0;
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(`${site}/`, { waitUntil: "networkidle" });
  clean(page);
  assert.ok(bytes > 2000 && bytes <= 50 * 1024, `the first page is ${bytes} bytes`);
  await shut(page);
});

test("an address without anything says so in the page's language", async () => {
  const page = await open(`${site}/nothing-here?ui=ja`);
  assert.equal(page.status, 404);
  assert.equal(await page.getAttribute("html", "lang"), "ja");
  assert.ok((await page.locator("h1").textContent()).length > 0);
  await fits(page);
  await shut(page);
});

test("the search works without scripts", async () => {
  const page = await open(`${site}/`, { script: false });
  await page.fill("#q", "calf cramp");
  await page.press("#q", "Enter");
  await page.waitForURL(/[?]q=/);
  assert.match(page.url(), /[?]q=calf[+]cramp/);
  assert.ok(await page.locator(".hit mark").count() > 0);
  await shut(page);
});
