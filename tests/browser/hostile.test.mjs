// Markup in everything that comes from articles and from addresses: none of it may run or load.
import test from "node:test";
import assert from "node:assert/strict";
import { knowledgeBase, open, serve } from "./support.mjs";

const heads = ["script", "img", "svg", "iframe", "object", "embed", "details", "video", "body", "input", "a", "form", "math", "style", "link",
  "meta", "base", "template", "textarea", "marquee"];
const payloads = [
  ...heads.map((tag) => `<${tag} src=x href=javascript:alert(1) onerror=alert(1) onload=alert(1) onfocus=alert(1) ontoggle=alert(1) autofocus open>`),
  ...heads.map((tag) => `"'></title></textarea></script><${tag} onload=alert(1) onerror=alert(1) src=data:text/html,x>`),
  "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "javascript:alert(1)",
  "java\u0000script:alert(1)", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "'-alert(1)-'", "\" onmouseover=alert(1) x=\"",
  "' autofocus onfocus=alert(1) x='", "<!--<img src=x onerror=alert(1)>-->", "<![CDATA[<img src=x onerror=alert(1)>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;", "\u202e<script>alert(1)</script>", "%3Cscript%3Ealert(1)%3C/script%3E", "<img/src=x/onerror=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<style>@import 'http://evil.example/x.css'</style>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
];

function record(payload, i) {
  return JSON.stringify({
    id: `hostile ${i} ${payload}`, url: i % 2 ? `javascript:alert(1)//${payload}` : `https://example.org/${payload}`, title: `Calf cramp ${payload}`,
    author: payload, site: payload, published: "2024-01-01", language: "en",
    sections: [{ heading: `Massage ${payload}`, text: `Massage the calf firmly when a calf cramp wakes you. ${payload}\nApply ice to the calf for 20 minutes.` },
      { heading: "Afterwards", text: `Never massage a calf cramp. Do not apply ice to the calf. ${payload}` }],
  });
}

const site = await serve(knowledgeBase([], { "hostile.jsonl": payloads.map(record).join("\n") + "\n" }));

// One window for all: opening one takes longer than a page.
const page = await open(site);

async function look(path) {
  await page.goto(site + path);
  await page.mouse.move(200, 300);
  assert.equal(await page.locator("img, iframe, object, embed, video, math, base, marquee").count(), 0, path);
  assert.equal(await page.locator("script:not([src^='/assets/'])").count(), 0, path);
  assert.equal(await page.locator("a[href^='javascript:'], a[href^='data:'], form[action^='javascript:']").count(), 0, path);
  assert.deepEqual(page.problems.filter((text) => !/status of (404|422)/.test(text)), [], path);
  page.problems.length = 0;
}

test("there are sixty of them", () => assert.ok(payloads.length >= 60, String(payloads.length)));

test("in articles: hits, articles, sources, contradictions", async () => {
  for (const path of ["/?q=calf+cramp&limit=60", "/sources?limit=100", "/contradictions", "/conditions"]) await look(path);
  for (let i = 0; i < payloads.length; ++i) await look(`/a/${encodeURIComponent(`hostile ${i} ${payloads[i]}`)}`);
});

test("in addresses", async () => {
  for (const payload of payloads) await look(`/?q=${encodeURIComponent(payload)}`);
  for (const payload of payloads.slice(0, 6)) {
    const word = encodeURIComponent(payload);
    for (const path of [`/a/${word}`, `/contradictions/${word}`, `/conditions/${word}`, `/?q=x&sort=${word}`, `/?q=x&site=${word}`, `/?q=x&after=${word}`,
      `/contradictions?condition=${word}&action=${word}`, `/sources?q=${word}`, `/${word}`]) await look(path);
  }
});
