// A class in real browsers: node tests/browser/class.mjs [path of the summitry binary] [folder for screenshots]
//
// Uses playwright-core with a Chromium that is already installed; where either is missing it says so and passes.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let chromium;
try {
  ({ chromium } = await import(process.env.PLAYWRIGHT_CORE ?? "playwright-core"));
} catch {
  console.log("skipped: playwright-core is not installed (npm install --no-save playwright-core)");
  process.exit(0);
}
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) {
  console.log("skipped: no Chromium is installed (apt-get install chromium)");
  process.exit(0);
}
const binary = process.argv[2] ?? "target/debug/summitry";
const shots = process.argv[3] ?? mkdtempSync(join(tmpdir(), "summitry-shots-"));
mkdirSync(shots, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "summitry-class-"));
const db = join(folder, "class.db");
const port = 18080 + Math.floor(Math.random() * 1000);
const root = `http://127.0.0.1:${port}`;
let server;
let secret;
const start = () =>
  new Promise((done, fail) => {
    server = spawn(binary, ["serve", "scenarios/classroom/stockholm-75min.ron", "--port", String(port), "--db", db]);
    let out = "";
    server.stdout.on("data", (d) => {
      out += d;
      const found = out.match(/#k=([0-9a-f]{32})/);
      if (found && out.includes("Stop with Ctrl-C")) { secret = found[1]; done(out.match(/code ([A-Z]{5})/)[1]); }
    });
    server.stderr.on("data", (d) => process.stderr.write(d));
    server.on("exit", (code) => { if (!secret) fail(new Error(`the server ended with ${code}`)); });
  });
const assert = (yes, what) => { if (!yes) throw new Error(what); console.log("ok  " + what); };
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const code = await start();
const browser = await chromium.launch({ executablePath, args: flags });
const problems = [];
const context = async (options = {}) => {
  const c = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  c.on("page", (p) => {
    p.on("pageerror", (e) => problems.push(String(e)));
    p.on("console", (m) => { if (m.type() === "error" && !/ERR_|Failed to load/.test(m.text())) problems.push(m.text()); });
  });
  return c;
};
const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
const has = (page, text) => page.waitForFunction((t) => document.body.innerText.includes(t), text, { timeout: 15000 });
try {
  const teacher = await (await context({ viewport: { width: 1280, height: 800 } })).newPage();
  await teacher.goto(`${root}/teach#k=${secret}`);
  await teacher.getByRole("button", { name: "Open the console" }).click();
  await has(teacher, "Console");
  assert(!(await teacher.url()).includes("#k="), "the teacher's secret leaves the address bar");
  const wall = await (await context({ viewport: { width: 1920, height: 1080 } })).newPage();
  await wall.goto(`${root}/projector`);
  const students = [];
  for (let i = 0; i < 6; i++) {
    const page = await (await context(i === 5 ? { javaScriptEnabled: false } : {})).newPage();
    await page.goto(`${root}/j/${code}`);
    if (i === 0) await shot(page, "phone-join");
    await page.getByLabel("Nickname or seat number").fill(`Student ${i + 1}`);
    await page.getByRole("button", { name: "Join", exact: true }).click();
    students.push(page);
  }
  await has(students[0], "table 1");
  assert((await students[5].content()).includes("Student 6"), "a browser without scripts joins");
  await has(wall, "6 joined");
  await shot(wall, "projector-join");
  await shot(students[0], "phone-quiz");
  const advance = async () => {
    await teacher.goto(`${root}/console`);
    await teacher.locator("details.inline", { hasText: "Next phase for all" }).locator("summary").click();
    await teacher.locator("section.clocks").getByRole("button", { name: "Yes" }).click();
    await teacher.waitForLoadState();
  };
  await advance();
  await has(students[0], "Briefs and caucus");
  await shot(students[0], "phone-brief");
  await advance();
  await has(students[0], "Round 1");
  const tariff = students[0].locator("input[name=l10]");
  await tariff.fill("33");
  await teacher.locator("form[action='/console/message'] input[name=text]").fill("Five minutes left");
  await teacher.getByRole("button", { name: "Send" }).click();
  await has(students[0], "Five minutes left");
  assert((await tariff.inputValue()) === "33", "a half-typed number survives an update");
  await shot(students[0], "phone-draft");
  await students[0].reload();
  await has(students[0], "Round 1");
  assert(true, "a refresh keeps the seat");
  const second = await students[0].context().newPage();
  await second.goto(`${root}/play`);
  await has(second, "Round 1");
  assert(true, "two tabs are live");
  await second.close();
  await students[1].context().setOffline(true);
  await has(students[1], "connection lost");
  await students[1].context().setOffline(false);
  await has(students[1], "· connected");
  assert(true, "a phone goes offline and comes back");
  const act = async (page, name) => {
    const button = page.getByRole("button", { name });
    if (await button.count()) { await button.first().click(); await page.waitForLoadState(); return true; }
    return false;
  };
  for (const page of students) await act(page, "Ready: this stands");
  for (let k = 0; k < 40; k++) {
    let any = false;
    for (const page of students) {
      await page.reload();
      any = (await act(page, k % 3 === 2 ? "Accept their offer" : /^Refuse, then/)) || any;
      for (const name of ["Offer this", "Refuse", "Ratify", "Extend the truce", "Accept the invitation"]) {
        if (!any) any = (await act(page, name)) || any;
      }
      if (k === 2) await shot(page, `phone-talks-${students.indexOf(page)}`);
    }
    if (!any) break;
  }
  await has(students[0], "This round is over");
  await teacher.goto(`${root}/console`);
  await shot(teacher, "laptop-console");
  await shot(wall, "projector-round");
  assert((await teacher.locator("details.inline", { hasText: "Next phase" }).count()) > 0, "the round ends at all tables");
  server.kill("SIGKILL");
  await new Promise((r) => server.on("exit", r));
  await has(students[0], "connection lost");
  secret = undefined;
  await start();
  await has(students[0], "· connected");
  await students[0].reload();
  await has(students[0], "This round is over");
  assert(true, "the server is killed and comes back, nothing is lost");
  const late = await (await context()).newPage();
  await late.goto(`${root}/j/${code}`);
  await late.getByLabel("Nickname or seat number").fill("Late");
  await late.keyboard.press("Tab");
  await late.keyboard.press("Enter");
  await has(late, "lets you in");
  await teacher.goto(`${root}/console`);
  await teacher.getByRole("button", { name: "Let in" }).click();
  await has(late, "Your role");
  assert(true, "a late student joins with the keyboard alone and is let in");
  await teacher.getByRole("button", { name: "Pause all" }).click();
  await has(students[0], "⏸");
  await teacher.getByRole("button", { name: "Undo my last command" }).click();
  await teacher.waitForLoadState();
  await has(teacher, "Undone");
  await students[0].waitForFunction(() => !document.querySelector(".clock").textContent.includes("⏸"));
  assert(true, "pause and undo reach the phones");
  await teacher.getByRole("button", { name: "To engine" }).first().click();
  await has(students[0], "The engine plays your seat");
  await teacher.getByRole("button", { name: "To person" }).first().click();
  await students[0].waitForFunction(() => !document.body.innerText.includes("The engine plays your seat"));
  assert(true, "a seat goes to the engine and back");
  for (let i = 0; i < 4; i++) await advance();
  await teacher.goto(`${root}/console`);
  await teacher.locator("details.inline", { hasText: "Reveal" }).locator("summary").click();
  await teacher.locator("details.inline", { hasText: "Reveal" }).getByRole("button", { name: "Yes" }).click();
  await teacher.goto(`${root}/debrief`);
  await has(teacher, "The odds of a deal");
  await shot(teacher, "laptop-debrief");
  await students[0].goto(`${root}/debrief`);
  await shot(students[0], "phone-debrief");
  await teacher.goto(`${root}/handout`);
  await shot(teacher, "laptop-handout");
  const csv = await teacher.request.get(`${root}/export/seats.csv`);
  assert((await csv.text()).trim().split("\n").length === 8, "the export has a row for each person");
  const wide = await students[0].evaluate(() => document.documentElement.scrollWidth);
  assert(wide <= 360, `nothing is wider than a phone (${wide})`);
  assert(problems.length === 0, "no script error: " + problems.join("; "));
  console.log(`all passed; screenshots in ${shots}`);
} finally {
  await browser.close();
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
