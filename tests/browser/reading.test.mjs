// Searching and reading, with scripts and without, by keyboard, in every width and theme.
import test from "node:test";
import assert from "node:assert/strict";
import { clean, fits, knowledgeBase, open, run, serve, shut, violations, articles } from "./support.mjs";

const kb = knowledgeBase();
const site = await serve(kb);
const listed = JSON.parse(run("--db", kb, "list", "--json"));
const idOf = (name) => listed.find((one) => one.uri.includes(name)).id;
const strain = idOf("calf-strain-clinic");
const query = encodeURIComponent("\u51b7\u3084\u3059");

const pages = {
  start: "/",
  hits: "/?q=knee",
  filtered: "/?q=knee&language=-en&condition=baker-cyst",
  nothing: "/?q=zzzzqqqq&language=ja&site=x",
  article: `/a/${strain}?q=${query}`,
  original: `/a/${idOf("knee-pain-basics")}?original=1`,
  sources: "/sources",
};

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: accessible in both themes, fits 1280, 768, 360 and 320`, async () => {
    for (const dark of [false, true]) {
      const page = await open(site + path, { dark });
      assert.deepEqual(await violations(page), [], `${name} ${dark ? "dark" : "light"}`);
      for (const width of [1280, 768, 360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await fits(page);
      }
      if (!dark) assert.deepEqual(await violations(page), [], `${name} narrow`);
      clean(page);
      await shut(page);
    }
  });
}

test("a search is narrowed, widened and read without scripts", async () => {
  const page = await open(site, { script: false });
  await page.fill("#q", "knee");
  await page.click("form.find button");
  const all = parseInt(await page.textContent("h1"), 10);
  assert.ok(all > 3);
  await page.click('.facet-row:has-text("Japanese") .facet-not');
  assert.ok(parseInt(await page.textContent("h1"), 10) < all);
  assert.match(page.url(), /language=-ja/);
  await page.fill("#q", "ankle");
  await page.click("form.find button");
  assert.match(page.url(), /language=-ja/);
  await page.click(".pills .pill");
  assert.doesNotMatch(page.url(), /language/);
  await page.click(".hit h2 a");
  assert.match(page.url(), /\/a\/.+#s\d+$/);
  assert.ok(await page.locator("mark").count() > 0);
  await page.goBack();
  assert.ok(await page.locator(".hit").count() > 0);
  clean(page);
  await shut(page);
});

test("filters fold away on a phone and open without scripts", async () => {
  const page = await open(`${site}/?q=knee`, { script: false, width: 360 });
  assert.equal(await page.locator(".facet-name").first().isVisible(), false);
  await page.click(".facets summary");
  assert.equal(await page.locator(".facet-name").first().isVisible(), true);
  await shut(page);
});

test("n and p go from mark to mark, not while typing", async () => {
  const page = await open(`${site}/a/${strain}?q=${query}`);
  const total = await page.locator("mark[id]").count();
  assert.ok(total >= 2);
  await page.keyboard.press("n");
  assert.match(page.url(), /#h1$/);
  await page.keyboard.press("n");
  assert.match(page.url(), /#h2$/);
  await page.keyboard.press("p");
  await page.keyboard.press("p");
  assert.match(page.url(), new RegExp(`#h${total}$`));
  await withSuggestions(page, []);
  await page.focus("#q");
  await page.keyboard.type("n");
  assert.match(page.url(), new RegExp(`#h${total}$`));
  await page.click('[data-step="1"]');
  assert.match(page.url(), /#h1$/);
  assert.equal(await page.textContent("[data-place]"), `1 / ${total}`);
  clean(page);
  await shut(page);
});

test("a sentence has an address that marks it, and the margin leads to its words", async () => {
  const page = await open(`${site}/a/${strain}#s1.1`, { script: false });
  const shown = await page.evaluate(() => document.querySelector(":target").textContent);
  assert.ok(shown.length > 10);
  await page.locator("a.note-action").first().click();
  assert.match(page.url(), /#s\d+(\.\d+)?$/);
  assert.equal(await page.locator(":target").count(), 1);
  await shut(page);
});

test("j and k go from sentence to sentence, c copies the address of one", async () => {
  const page = await open(`${site}/a/${strain}`);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.keyboard.press("c");  // no sentence yet
  await page.keyboard.press("j");
  const first = await page.evaluate(() => document.activeElement.id);
  assert.match(first, /^s\d+\.1$/);
  assert.ok(page.url().endsWith(`#${first}`));
  await page.keyboard.press("j");
  const next = await page.evaluate(() => document.activeElement.id);
  assert.notEqual(next, first);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, "none");
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.id), first);
  await page.keyboard.press("c");
  await page.waitForFunction(() => document.querySelector(".said-now").textContent !== "");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${site}/a/${strain}#${first}`);
  await page.goto(`${site}/a/${strain}#${next}`);
  await page.keyboard.press("j");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), first);
  assert.deepEqual(await violations(page), []);
  clean(page);
  await shut(page);
});

test("without scripts every sentence has a link for the keyboard where that is asked for", async () => {
  const page = await open(`${site}/a/${strain}`, { script: false });
  assert.equal(await page.locator(".sentence .pin:not([tabindex])").count(), 0);
  await page.click('.article-head a[href*="links=1"]');
  const pins = page.locator(".sentence .pin:not([tabindex])");
  assert.ok(await pins.count() > 20);
  await pins.nth(2).focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /links=1#s\d+\.\d+$/);
  assert.equal(await page.locator(".sentence:target").count(), 1);
  const small = await pins.evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().width < 24).length);
  assert.equal(small, 0);
  await shut(page);
});

test("j and k go through the hits; switched off, no page has single keys", async () => {
  const page = await open(`${site}/?q=knee`);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const links = await page.locator(".hit h2 a").evaluateAll((all) => all.map((one) => one === document.activeElement));
  assert.equal(links.indexOf(true), 1);
  await page.keyboard.press("?");
  await page.uncheck("#keys-use");
  await page.keyboard.press("Escape");
  await page.goto(`${site}/a/${strain}`);
  for (const key of ["j", "/", "?"]) await page.keyboard.press(key);
  assert.doesNotMatch(page.url(), /#/);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
  clean(page);
  await shut(page);
});

test("a year is left out, taken in beside another one, and taken off", async () => {
  const page = await open(`${site}/?q=knee`, { script: false });
  const total = async () => parseInt(await page.textContent("h1"), 10);
  const all = await total();
  const row = (year) => page.locator(`.facet-row:has(.facet-name:text("${year}"))`);
  const year = (await page.locator('.facet:has(h2:text-is("Year")) .facet-name').first().textContent()).slice(0, 4);
  const count = parseInt(await row(year).locator(".count").textContent(), 10);
  await row(year).locator(".facet-not").click();
  assert.equal(await total(), all - count);
  await row(year).locator(".facet-name").click();
  assert.equal(await total(), all);
  await row(year).locator(".facet-name").click();
  assert.equal(await total(), count);
  const other = page.locator('.facet:has(h2:text-is("Year")) .facet-row:not(.on) .facet-name').first();
  const more = parseInt(await other.locator(".count").textContent(), 10);
  await other.click();
  assert.equal(await total(), count + more);
  await shut(page);
});

// What the API answers is another test's matter: here it is made up.
async function withSuggestions(page, asked) {
  await page.route("**/api/v1/suggest*", (route) => {
    asked.push(new URL(route.request().url()).searchParams.get("q"));
    route.fulfill({ json: { concepts: [
      { id: "knee-pain", label: "knee pain", matched: "knee pain", language: "en", sections: 9 },
      { id: "knee-effusion", label: "knee effusion", matched: "\u819d\u306b\u6c34", language: "ja", sections: 3 },
    ], headings: [{ text: "Three knees", section: "x#1", is_title: true, sections: 1 }] } });
  });
}

test("suggestions are a combobox for the keyboard", async () => {
  const page = await open(site);
  const asked = [];
  await withSuggestions(page, asked);
  await page.focus("#q");
  await page.keyboard.type("kne");
  await page.waitForSelector("#q-list:not([hidden])");
  assert.deepEqual(asked, ["kne"]);
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "true");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getAttribute("#q", "aria-activedescendant"), "q-option-1");
  assert.equal(await page.getAttribute("#q-option-1 span", "lang"), "ja");
  await page.keyboard.press("Escape");
  assert.equal(await page.isHidden("#q-list"), true);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=knee\+pain|q=knee%20pain/);
  clean(page);
  await shut(page);
});

test("nothing is asked while an input method composes", async () => {
  const page = await open(site);
  const asked = [];
  await withSuggestions(page, asked);
  await page.focus("#q");
  const session = await page.context().newCDPSession(page);
  for (const text of ["h", "hi", "\u3072", "\u3072\u3056"]) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await page.waitForTimeout(300);
  assert.deepEqual(asked, []);
  await session.send("Input.insertText", { text: "\u819d" });
  await page.waitForSelector("#q-list:not([hidden])");
  assert.deepEqual(asked, ["\u819d"]);
  clean(page);
  await shut(page);
});
