// Makes docs/screenshots/: node tests/browser/screenshots.mjs. Our own articles alone, so that anybody gets the same pages.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { knowledgeBase, open, run, serve, shut } from "./support.mjs";

const out = resolve(import.meta.dirname ?? ".", "../../docs/screenshots");
mkdirSync(out, { recursive: true });
process.chdir(join(import.meta.dirname ?? ".", "../.."));  // addresses of articles without where this repository lies
const kb = knowledgeBase(["corpus/articles"]);
const site = await serve(kb);
const pairs = JSON.parse(run("--db", kb, "contradictions", "--json")).contradictions;
const best = pairs.find((p) => p.a.language.slice(0, 2) !== p.b.language.slice(0, 2) && p.condition) ?? pairs[0];
const hit = JSON.parse(run("--db", kb, "search", "--json", "--limit", "1", "--language", "ja", "calf cramp")).hits[0];
const pages = {
  start: "/", search: "/?q=calf+cramp", article: `/a/${encodeURIComponent(hit.document.id)}?q=calf+cramp`, sources: "/sources",
  contradictions: "/contradictions", finding: `/contradictions/${best.cluster}`, conditions: "/conditions", condition: `/conditions/${best.condition}`,
};
const looks = { "": {}, "-phone": { width: 390, height: 844 }, "-dark": { dark: true } };

test("every page as it looks", async () => {
  for (const [name, path] of Object.entries(pages)) {
    for (const [suffix, look] of Object.entries(looks)) {
      const page = await open(site + path, look);
      await page.screenshot({ path: join(out, `${name}${suffix}.jpg`), type: "jpeg", quality: 72 });
      await shut(page);
    }
  }
  for (const language of ["ja", "zh-Hans"]) {
    const page = await open(`${site}/contradictions/${best.cluster}?ui=${language}`);
    await page.screenshot({ path: join(out, `finding-${language}.jpg`), type: "jpeg", quality: 72 });
    await shut(page);
  }
});
