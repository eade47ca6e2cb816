// A page of charts in a real browser: node tests/browser/report.mjs [path of the summitry binary] [folder for screenshots]
//
// Right at the width of a phone and of a desk, dark and light, on paper, with scripts off, and by keyboard.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, end, folder, open, problems, shots, summitry } from "./lib.mjs";

const file = join(folder, "report.html");
try {
  summitry("report", "stockholm-2025", "--games", "500", "--seed", "2025", "--out", file);
  const url = pathToFileURL(file).href;
  for (const width of [340, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(width, 800, { javaScriptEnabled: false, colorScheme });
      const asked = [];
      page.on("request", (r) => asked.push(r.url()));
      await page.goto(url);
      const name = `${width} px, ${colorScheme}`;
      assert(asked.every((u) => u === url), `the page asks for no other file: ${name}`);
      const figures = await page.locator("figure").count();
      assert(figures >= 15, `${figures} charts: ${name}`);
      const seen = await page.locator(width < 640 ? "svg.slim:visible" : "svg.wide:visible").count();
      assert(seen === figures && (await page.locator("svg:visible").count()) === figures, `one drawing of each is seen: ${name}`);
      // Nothing is wider than the page: neither a figure nor a word in a drawing.
      const out = [];
      for (const at of await page.locator("main, figure, svg:visible, svg:visible text").all()) {
        const box = await at.boundingBox();
        if (box && (box.x < -1 || box.x + box.width > width + 1)) out.push(await at.textContent());
      }
      assert(out.length === 0, `no sideways scroll, no word cut: ${name} ${out.join(" | ")}`);
      await page.screenshot({ path: join(shots, `report-${width}-${colorScheme}.png`), fullPage: true });
      await page.context().close();
    }
  }
  const page = await open(1280, 800);
  await page.goto(url);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  assert(wide, "the page scrolls one way");
  await page.keyboard.press("Tab");
  assert((await page.evaluate(() => document.activeElement.textContent)) === "To the charts", "the first key leads to the charts");
  const summary = page.locator("summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  assert(await page.locator("figure table").first().isVisible(), "the numbers open by keyboard");
  const images = await page.getByRole("img", { name: /games/ }).count();
  assert(images > 5, "charts are images with names for those who listen");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert(paper === "rgb(255, 255, 255)", "paper is white, whatever the screen is");
  await page.pdf({ path: join(shots, "report.pdf") });
  assert(problems.length === 0, `no error on the page: ${problems.join("; ")}`);
} finally {
  await end();
}
