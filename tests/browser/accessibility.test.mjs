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
  test(`${path}: no barrier`, async () => {
    for (const theme of [{}, { dark: true }, { forced: true }]) {
      const page = await open(site + path, theme);
      assert.deepEqual(await violations(page), [], `${path} ${JSON.stringify(theme)}`);
      if (page.status === 200) clean(page);
      await shut(page);
    }
  });
  test(`${path}: fits a phone, and 400 %`, async () => {
    for (const width of [360, 320]) {
      const page = await open(site + path, { width, height: 720 });
      await fits(page);
      await shut(page);
    }
  });
}
