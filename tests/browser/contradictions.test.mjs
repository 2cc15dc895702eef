// Contradictions and conditions in a browser: triage by keys alone and without scripts, what a reader with
// other needs gets, print, and hostile articles.
import test from "node:test";
import assert from "node:assert/strict";
import { articles, clean, fits, knowledgeBase, open, run, serve, shut, violations } from "./support.mjs";

const kb = knowledgeBase();
const site = await serve(kb);
const log = (at = kb) => JSON.parse(run("--db", at, "review", "--log", "--json")).log;
const first = async () => (await (await fetch(`${site}/contradictions`)).text()).match(/\/contradictions\/[0-9a-f]{16}/)[0];

// Tab until what has the focus fits; fails where that takes too long.
async function tabTo(page, fits, most = 80) {
  for (let i = 0; i < most; ++i) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits)) return;
  }
  assert.fail(`not reached by Tab: ${fits}`);
}

test("from the start page to a decided contradiction by keys alone", async () => {
  const page = await open(`${site}/`);
  await tabTo(page, () => document.activeElement.getAttribute("href") === "/contradictions");
  await page.keyboard.press("Enter");
  await page.waitForURL(/contradictions$/);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const chosen = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(chosen, /^\/contradictions\/[0-9a-f]{16}$/);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${site}${chosen}`);

  await page.keyboard.press("e");  // a note; keys are text there
  await page.keyboard.type("1 u j");
  assert.equal(await page.inputValue("#note"), "1 u j");
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await page.waitForURL(/done=/);
  const entry = log().at(-1);
  assert.deepEqual([entry.state, entry.note, `/contradictions/${entry.target}`], ["confirmed", "1 u j", chosen]);
  assert.ok(!page.url().includes(chosen));
  assert.match(await page.locator(".notice").textContent(), /Decided: Conflict/);

  await page.keyboard.press("u");
  await page.waitForURL(/undone=/);
  assert.ok(page.url().includes(chosen));
  assert.equal(log().at(-1).undoes, entry.id);
  clean(page);
  await shut(page);
});

test("two clicks lead from the start page to a decided contradiction", async () => {
  const page = await open(`${site}/`, { script: false });
  const before = log().length;
  await page.click(".waiting .button");
  const target = new URL(page.url()).pathname.split("/").at(-1);
  await page.click('button[value="conditional-ok"]');
  await page.waitForURL(/done=/);
  assert.equal(log().length, before + 1);
  assert.deepEqual([log().at(-1).target, log().at(-1).state], [target, "conditional-ok"]);
  await page.click(".side .origin a");
  assert.equal(await page.locator(".note:target").count(), 1);
  await page.goBack();
  await page.click(".notice .undo button");
  await page.waitForURL(/undone=/);
  clean(page);
  await shut(page);
});

test("a cell of the matrix shows what it counts, and its filter is taken off", async () => {
  const page = await open(`${site}/contradictions`, { script: false });
  const cell = page.locator(".matrix a").first();
  const counted = (await cell.locator("text").textContent()).trim();
  await cell.click();
  await page.waitForURL(/cell=/);
  assert.equal((await page.textContent("#count")).split(" ")[0], counted);
  assert.equal(await page.locator(".finding").count(), Math.min(20, Number(counted)));
  await page.click(".pills .pill.on");
  assert.doesNotMatch(page.url(), /cell=/);
  await shut(page);
});

test("j and k go through the findings, 4 asks for a reason first", async () => {
  const start = await first();
  const page = await open(`${site}${start}?severity=medium`);
  const before = log().length;
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.pathname !== start);
  assert.ok(page.url().endsWith("?severity=medium"));
  await page.keyboard.press("k");
  await page.waitForURL((url) => url.pathname === start);
  await page.keyboard.press("4");
  assert.equal(await page.evaluate(() => document.activeElement.id), "reason");
  await page.selectOption("#reason", "N2");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("4");
  await page.waitForURL(/done=/);
  assert.equal(log().length, before + 1);
  assert.equal(log().at(-1).reason, "N2");
  await page.keyboard.press("u");
  await page.waitForURL(/undone=/);
  clean(page);
  await shut(page);
});

test("keys are told, can be switched off, and stay so", async () => {
  const page = await open(`${site}${await first()}`);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").evaluate((dialog) => dialog.open && dialog.matches(":modal")));
  assert.deepEqual(await violations(page), []);
  await page.uncheck("#keys-use");
  await page.keyboard.press("Escape");
  const before = log().length;
  await page.keyboard.press("1");
  await page.keyboard.press("j");
  await page.reload();
  await page.keyboard.press("1");
  await page.keyboard.press("?");
  assert.equal(await page.locator("#keys").evaluate((dialog) => dialog.open), false);
  assert.equal(log().length, before);
  await page.click("#keys-open");
  await page.check("#keys-use");
  await page.click("#keys button");
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").evaluate((dialog) => dialog.open));
  clean(page);
  await shut(page);
});

test("while an input method composes, or with Ctrl, keys decide nothing", async () => {
  const page = await open(`${site}${await first()}`);
  const before = log().length;
  await page.evaluate(() => {
    for (const more of [{ isComposing: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }, { repeat: true }]) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true, ...more }));
    }
  });
  await page.focus("#by");
  await page.keyboard.type("123456");
  await page.waitForTimeout(200);
  assert.equal(log().length, before);
  assert.equal(await page.inputValue("#by"), "123456");
  await shut(page);
});

test("everything works without scripts", async () => {
  const page = await open(`${site}/contradictions`, { script: false });
  assert.equal(await page.locator("#keys-open").isVisible(), false);
  assert.equal(await page.locator("#keys").isVisible(), false);
  await page.click('.facets a:has-text("high")');
  assert.match(page.url(), /severity=high/);
  await page.click(".finding h2 a");
  await page.waitForURL(/contradictions\/[0-9a-f]{16}\?severity=high/);
  await page.fill("#note", "seen");
  await page.fill("#by", "\u738b");
  await page.click('button[value="false-positive"]');
  await page.waitForSelector(".error");
  assert.equal(await page.inputValue("#note"), "seen");
  await page.selectOption("#reason", "N8");
  await page.click('button[value="false-positive"]');
  await page.waitForURL(/severity=high&done=/);
  assert.deepEqual([log().at(-1).by, log().at(-1).reason, log().at(-1).note], ["\u738b", "N8", "seen"]);
  assert.equal(await page.inputValue("#by"), "\u738b");
  await page.click(".notice .undo button");
  await page.waitForURL(/undone=/);
  assert.equal(log().at(-1).state, "undo");
  await shut(page);
});

test("nothing for axe to find in light and dark; nothing wider than a phone or 400 % zoom", async () => {
  const finding = await first();
  const paths = ["/contradictions?limit=5", "/contradictions?severity=high&kind=opposite-stance&limit=3", finding, "/conditions",
    "/conditions?name=knee", "/conditions/calf-muscle-strain", "/login"];
  const page = await open(`${site}/login`);
  for (const [at, path] of paths.entries()) {
    const language = ["en", "ja", "zh-Hans", "zh-Hant"][at % 4];
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${site}${path}${path.includes("?") ? "&" : "?"}ui=${language}`);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
    assert.deepEqual(await violations(page), [], path);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violations(page), [], `${path} in the dark`);
    for (const width of [768, 360, 320]) {
      await page.setViewportSize({ width, height: 640 });
      await fits(page);
    }
  }
  clean(page);
  await shut(page);
});

test("forced colours leave every sign and number", async () => {
  const page = await open(`${site}/contradictions`, { forced: true });
  assert.ok(await page.locator(".matrix .count").count() > 5);
  const [ink, paper] = await page.evaluate(() => {
    const count = document.querySelector(".matrix a .count");
    return [getComputedStyle(count).fill, getComputedStyle(count.parentNode.querySelector("rect")).fill];
  });
  assert.notEqual(ink, paper);
  await shut(page);
});

test("quotes have the glyphs of their language, and every target is large enough", async () => {
  const page = await open(`${site}/contradictions?languages=ja%2Bzh`);
  const languages = new Set(await page.locator(".finding blockquote").evaluateAll((all) => all.map((one) => one.lang)));
  assert.ok(languages.has("ja") && [...languages].some((one) => one.startsWith("zh")));
  const small = await page.evaluate(() => [...document.querySelectorAll("main button, main .facets a, main .matrix a, main summary")]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width && (box.width < 24 || box.height < 24)).length);
  assert.equal(small, 0);
  await shut(page);
});

test("a finding and the list print with both quotes and their addresses, without forms", async () => {
  for (const path of ["/contradictions", await first()]) {
    const page = await open(site + path);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".top", ".decide", ".facets", ".trail", ".keys-button"]) {
      for (const one of await page.locator(hidden).all()) assert.equal(await one.isVisible(), false, hidden);
    }
    assert.ok(await page.locator("blockquote").first().isVisible());
    for (const one of await page.locator(".address").all()) assert.ok(await one.isVisible());
    if (path !== "/contradictions") assert.equal(await page.locator(".address").count(), 2);
    assert.ok((await page.pdf()).length > 5000);
    await shut(page);
  }
});

test("an article cannot break out of its quote, title or address", async () => {
  const bad = `<img src=x onerror=alert(1)>`;
  const doc = (id, title, text) => JSON.stringify({
    id, url: `javascript:alert('${id}')`, title, language: "en", site: bad, author: bad, published: `2024-01-01"><script>alert(1)</script>`,
    sections: [{ heading: `Ankle sprain ${bad}`, text }] }) + "\n";
  const hostile = await serve(knowledgeBase([], {
    "bad.jsonl": doc("a\"><script>alert(2)</script>", `Ankle sprain ${bad}`, `Put ice on the sprained ankle ${bad}. Then rest.`) +
      doc("b' onclick=alert(3) ", `Sprain \u202etxet ${bad}</title><svg onload=alert(1)>`, `Do not use ice on a sprained ankle "><svg/onload=alert(4)>. Never.`) }));
  const pages = ["/contradictions", "/contradictions?condition=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&languages=%3Cb%3E",
    "/contradictions?cell=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%2B%3Cb%3E", "/conditions", "/conditions/ankle-sprain", "/conditions?name=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "/login?next=javascript:alert(1)", "/contradictions?done=%3Cscript%3E"];
  const list = await (await fetch(`${hostile}/contradictions`)).text();
  const finding = list.match(/\/contradictions\/[0-9a-f]{16}/);
  assert.ok(finding, "the hostile articles contradict each other");
  for (const path of [...pages, finding[0]]) {
    const page = await open(hostile + path);
    assert.equal(await page.locator("main img, main script, main svg[onload], main [onclick], main a[href^='javascript']").count(), 0, path);
    clean(page);
    await shut(page);
  }
});
