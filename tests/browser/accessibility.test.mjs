// Every kind of page: axe without violations in three themes, no sideways scrolling on a phone or at 400 %.
import test from "node:test";
import assert from "node:assert/strict";
import { clean, fits, knowledgeBase, open, run, serve, shut, violations } from "./support.mjs";

const kb = knowledgeBase();
const site = await serve(kb);
const found = JSON.parse(run("--db", kb, "contradictions", "--json"));
const hit = JSON.parse(run("--db", kb, "search", "--json", "--limit", "1", "calf cramp")).hits[0];
const pages = [
  "/", "/?q=calf+cramp", "/?q=xyzzyplugh", `/a/${encodeURIComponent(hit.document.id)}?q=cramp`, `/a/${encodeURIComponent(hit.document.id)}?links=1`, "/sources",
  "/contradictions", `/contradictions?cell=${encodeURIComponent(`${found.contradictions[0].condition ?? ""}+${found.contradictions[0].action}`)}`, `/contradictions/${found.contradictions[0].cluster}`, "/conditions", `/conditions/${found.contradictions.find((c) => c.condition).condition}`,
  "/nothing-here",
];

for (const path of pages) {
  test(`${path}: no barrier, fits a phone and 400 %`, async () => {
    const page = await open(site + path);
    for (const theme of [{}, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none", ...theme });
      assert.deepEqual(await violations(page), [], `${path} ${JSON.stringify(theme)}`);
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 720 });
      await fits(page);
    }
    if (page.status === 200) clean(page);
    await shut(page);
  });
}
