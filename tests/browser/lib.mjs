// What the browser run is made of: a server that can be killed, browsers, and ways to wait for what must happen.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const skip = (why) => { console.log("skipped: " + why); process.exit(0); };

let playwright;
try {
  playwright = await import(process.env.PLAYWRIGHT_CORE ?? "playwright-core");
} catch {
  skip("playwright-core is not installed (npm install --no-save playwright-core)");
}
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) skip("no Chromium is installed (apt-get install chromium)");

export const binary = resolve(process.argv[2] ?? "target/debug/summitry");
export const shots = process.argv[3] ?? mkdtempSync(join(tmpdir(), "summitry-shots-"));
mkdirSync(shots, { recursive: true });
export const folder = mkdtempSync(join(tmpdir(), "summitry-class-"));

const begun = Date.now();
export const assert = (yes, what) => {
  if (!yes) throw new Error("not so: " + what);
  console.log(`ok ${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${what}`);
};

// The lesson of 75 minutes, but a lost seat is given up after a few seconds.
export const lesson = (grace, tables = 2) => {
  const text = readFileSync("scenarios/classroom/stockholm-75min.ron", "utf8")
    .replace(/grace_seconds: \d+/, `grace_seconds: ${grace}`)
    .replace("tables: 2", `tables: ${tables}`)
    .replaceAll("../stockholm-2025.ron", resolve("scenarios/stockholm-2025.ron"));
  const file = join(folder, "lesson.ron");
  writeFileSync(file, text);
  return file;
};

export const port = 18080 + (process.pid % 2000);
export const root = `http://127.0.0.1:${port}`;
let server;
// Starts the program and reads from its screen what a teacher would.
export const start = (file, ...more) =>
  new Promise((done, fail) => {
    server = spawn(binary, ["serve", file, "--port", String(port), "--db", join(folder, "class.db"), ...more]);
    let out = "";
    server.stdout.on("data", (d) => {
      out += d;
      const [secret, code, wall] = [out.match(/#k=([0-9a-f]{32})/), out.match(/code ([A-Z]{5})/), out.match(/\/wall\/[0-9a-f]+/)];
      if (secret && code && wall && out.includes("Stop with Ctrl-C")) done({ secret: secret[1], code: code[1], wall: wall[0] });
    });
    server.stderr.on("data", (d) => process.stderr.write(d));
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}`)));
  });
export const kill = () => new Promise((done) => { server.on("exit", done); server.kill("SIGKILL"); });
export const summitry = (...args) => {
  const ran = spawnSync(binary, args, { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`summitry ${args.join(" ")}: ${ran.stderr}`);
  return ran.stdout;
};

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browser = await playwright.chromium.launch({ executablePath, args: flags });
export const problems = [];
export const open = async (width, height, options = {}) => {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  context.setDefaultTimeout(20000);
  context.on("page", (p) => {
    p.on("pageerror", (e) => problems.push(String(e)));
    p.on("console", (m) => { if (m.type() === "error" && !/ERR_|Failed to load/.test(m.text())) problems.push(m.text()); });
  });
  return context.newPage();
};
export const phone = (options) => open(360, 740, options);
export const end = async () => {
  await browser.close();
  server?.removeAllListeners("exit");
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
};

// A picture of the whole page; no page may be wider than its screen.
export const shot = async (page, name) => {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  const [wide, have] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (wide > have) throw new Error(`${name} is ${wide} wide on a screen of ${have}`);
};
export const has = (page, text) => page.waitForFunction((t) => document.querySelector("main").textContent.includes(t), text);
export const hasNot = (page, text) => page.waitForFunction((t) => !document.querySelector("main").textContent.includes(t), text);
export const text = async (page) => (await page.content()).replace(/<[^>]*>/g, " ");

// What a form answered, beside its button.
export const seen = (page, text) => page.waitForFunction((t) => document.getElementById("said").textContent.includes(t), text);
// Whether a page is followed, as it says itself.
export const linked = (page) => page.waitForFunction(() => document.querySelector(".net").textContent === "connected");
export const unlinked = (page, why) => page.waitForFunction((t) => document.querySelector(".net.off")?.textContent.includes(t), why);

// What axe finds that is serious or worse; nothing is looked for where it is not installed.
let axe = null;
try {
  axe = readFileSync(process.env.AXE_CORE, "utf8");
} catch {
  console.log("axe-core is not installed: pages are not tried with it (npm install --no-save axe-core)");
}
export const serious = async (page, what) => {
  if (!axe) return;
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    const grave = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
    return grave.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`);
  });
  assert(found.length === 0, `axe finds nothing serious on ${what}${found.length ? ": " + found.join("; ") : ""}`);
};

// Presses a button and waits until the server has answered; false where there is none (any more).
export const press = async (page, name) => {
  const button = page.locator("button:visible").filter({ hasText: name }).first();
  if (!(await button.count())) return false;
  const answered = page.waitForResponse((r) => r.request().method() === "POST" && !r.url().endsWith("/here"), { timeout: 8000 });
  const done = await Promise.all([answered, button.click({ timeout: 4000 })]).then(() => true, () => false);
  await page.waitForLoadState();
  await page.waitForFunction(() => !document.querySelector("[data-busy]"));
  return done;
};
// Unfolds "Sure?" and says yes.
export const confirm = async (page, name) => {
  const fold = page.locator("details.inline", { hasText: name }).first();
  await fold.locator("summary").click();
  await press(fold.page(), "Yes");
};
// Walks with the Tab key to an element, as somebody without a mouse does.
export const tabTo = async (page, selector) => {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${selector}`);
};
