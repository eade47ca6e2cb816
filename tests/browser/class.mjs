// A class in real browsers: node tests/browser/class.mjs [path of the summitry binary] [folder for screenshots]
//
// Two tables and a dropout from the door to the debrief. Waits on what must happen, never on a time.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  assert, confirm, end, folder, has, hasNot, kill, lesson, linked, open, phone, press, problems, root, seen, serious, shot, shots,
  start, summitry, tabTo, text, unlinked,
} from "./lib.mjs";

const file = lesson(8);
const PHASES = ["Briefs and caucus", "Round 1", "Round 2", "Round 3", "Round 4", "Debrief", "Close"];
try {
  const { secret, code, wall: link } = await start(file);

  // The doors.
  const teacher = await open(1280, 800);
  await teacher.goto(`${root}/teach#k=${secret}`);
  await teacher.getByRole("button", { name: "Open the console" }).click();
  await has(teacher, "Console");
  assert(!teacher.url().includes("#k="), "the teacher's secret leaves the address bar");
  await shot(teacher, "laptop-console-empty");
  await teacher.goto(`${root}/selftest`);
  await shot(teacher, "laptop-selftest");
  await teacher.goto(`${root}/console`);
  const wall = await open(1920, 1080);
  await wall.goto(`${root}/projector`);
  assert(!(await text(wall)).includes(code), "a stranger's wall shows no code");
  await wall.goto(root + link);
  await has(wall, code);
  assert(wall.url().endsWith("/projector"), "the wall's link leaves the address bar");
  const students = [];
  for (let i = 0; i < 6; i++) {
    const page = await phone(i === 4 ? { javaScriptEnabled: false } : {});
    await page.goto(`${root}/j/${code}`);
    if (i === 0) {
      await shot(page, "phone-join");
      await serious(page, "the door");
    }
    await page.getByLabel("Nickname").fill(`Student ${i + 1}`);
    await page.getByRole("button", { name: "Join", exact: true }).click();
    students.push(page);
  }
  const [us1, cn1, us2, cn2, unscripted, leader] = students; // heads of both tables, then the leaders of table 1
  await has(us1, "table 1");
  assert((await text(unscripted)).includes("Student 5"), "a browser without scripts joins");
  await has(wall, "6 joined");
  await shot(wall, "projector-join");
  await serious(wall, "the wall");
  await serious(teacher, "the console");
  await shot(us1, "phone-quiz");
  await serious(us1, "the quiz");
  const answers = us1.locator("#quiz input[type=radio]");
  for (const i of [0, 4, 6, 11]) await answers.nth(i).check();
  await us1.locator("input[name=forecast]").fill("60");
  await press(us1, "Save");
  await has(us1, "Your answers are saved.");
  assert(await answers.nth(4).isChecked(), "the first quiz is answered");

  // On to the next phase; every page is loaded anew in it.
  let now = -1;
  const advance = async () => {
    await confirm(teacher, "Next phase for all");
    now += 1;
    for (const page of [...students, teacher]) if (!page.isClosed()) await page.reload();
    for (const page of students) {
      if (!page.isClosed() && !(await text(page)).includes(PHASES[now])) throw new Error(`${PHASES[now]} is not shown after a refresh`);
    }
    await has(teacher, PHASES[now]);
    console.log(`          ${PHASES[now]}: all pages survive a refresh`);
  };
  // Everybody does what they can until nobody can: yes to every third question.
  const play = async (until) => {
    for (let k = 0; k < 60; k++) {
      let any = false;
      for (const page of students.filter((p) => !p.isClosed())) {
        if (page === unscripted) await page.reload();
        const asked = page.evaluate(() => document.querySelector("#decide button")?.textContent).catch(() => undefined);
        const first = await Promise.race([asked, page.waitForTimeout(3000)]); // a page between two addresses may never answer
        const says = page === unscripted ? (await page.locator("#decide button").count()) > 0 : first;
        if (says) any = (k % 3 === 2 ? await press(page, /Accept|Ratify|Extend/) : await press(page, /Refuse|Ratify|Extend|Accept the inv/)) || any;
        else if (await page.locator("#draft button.primary").count()) any = (await press(page, /Offer this|Ready: this stands/)) || any;
      }
      if (until && (await until())) return;
      const waits = await teacher.evaluate(() => [...document.querySelectorAll("article .waits")].map((s) => s.textContent));
      if (waits.every((s) => s === "round finished" || s === "the game is over")) return;
      if (!any) await us1.waitForTimeout(100);
    }
    for (const [i, page] of students.entries()) if (!page.isClosed()) await shot(page, `stuck-${i}`);
    throw new Error("a table is stuck: " + (await teacher.evaluate(() => document.getElementById("tables").innerText)));
  };

  await advance();
  await shot(us1, "phone-brief");
  await serious(us1, "the brief");
  await shot(wall, "projector-plan");
  const theirs = await text(cn1);
  assert(theirs.includes("You negotiate for China") && !theirs.includes("You seek a deal."), "a brief is for its own side");
  await us1.locator("select[name=r0]").selectOption({ index: 3 });
  await us1.locator("select[name=r1]").selectOption({ index: 1 });
  await press(us1, "Save my ranking");
  await has(us1, "Your ranking is saved.");
  assert((await us1.locator("select[name=r0]").evaluate((s) => s.selectedIndex)) === 3, "a secret ranking is kept");

  // Round 1: what is typed survives, the phone goes away and comes back, two tabs.
  await advance();
  const tariff = us1.locator("input[name=l10]");
  await tariff.fill("33");
  await teacher.locator("form[action='/console/message'] input[name=text]").fill("Five minutes left");
  await press(teacher, "Send the message");
  await has(us1, "Five minutes left");
  const banner = us1.locator(".notice.message");
  assert(await banner.isVisible(), "a message is at the edge of the page");
  await shot(us1, "phone-message");
  await banner.getByRole("button", { name: "Put away" }).click();
  assert(!(await banner.isVisible()), "and is put away");
  await us1.reload();
  assert(!(await us1.locator(".notice.message").isVisible()), "for good");
  await tariff.fill("33");
  await teacher.locator("form[action='/console/message'] input[name=text]").fill("Four minutes left");
  await press(teacher, "Send the message");
  await has(us1, "Four minutes left");
  const line = await us1.evaluate(() => document.querySelector("#status .line").getBoundingClientRect().height);
  assert(line < 40, `the header is one line: ${line} px`);
  assert((await teacher.locator("#said").textContent()).includes("Sent to 6."), "a message answers to how many it went");
  assert((await tariff.inputValue()) === "33", "a half-typed number survives an update");
  await press(us1, "Save the draft");
  await has(us1, "The draft is saved.");
  // The board: worth as one types, by key and by button; what nobody moved is folded; the button stays on the screen.
  const issue = us1.locator("#row-10");
  const worth = () => issue.locator(".worth").textContent();
  const saved = await worth();
  await tariff.fill("31");
  assert((await worth()) !== saved, "worth is told as one types");
  await issue.getByRole("button", { name: "more:" }).click();
  await issue.getByRole("button", { name: "more:" }).click();
  assert(Number(await tariff.inputValue()) > 31, "plus and minus move a level");
  await tariff.fill("33");
  assert((await worth()) === saved, "and back is back");
  const still = us1.locator("#still");
  assert((await us1.locator(".row:visible").count()) < 11 && !(await still.evaluate((d) => d.open)), "rows nobody moved are folded");
  const bar = await us1.locator(".bar").boundingBox();
  const ends = await us1.evaluate(() => document.getElementById("draft").getBoundingClientRect().bottom + scrollY);
  assert(bar && ends <= 1.6 * 740, `an offer takes ${(ends / 740).toFixed(2)} screens`);
  await shot(us1, "phone-draft");
  const second = await us1.context().newPage();
  await second.goto(`${root}/play`);
  assert((await second.locator("input[name=l10]").inputValue()) === "33", "a second tab shows the draft");
  await second.locator("#team textarea").fill("Ask for magnets first");
  await press(second, "Save for the delegation");
  await us1.waitForFunction(() => document.querySelector("#team textarea").value === "Ask for magnets first");
  assert(true, "both tabs are live");
  // Notes that two write at once: put together where they can be, else refused with both texts.
  const notes = (page) => page.locator("#team textarea");
  const saveNotes = (page) => page.getByRole("button", { name: "Save for the delegation" }).click();
  await notes(us1).fill("Ask for magnets first\nGive nothing on chips");
  await notes(second).fill("Ask for magnets first, 74\n");
  await saveNotes(second);
  await us1.waitForFunction(() => document.querySelector("#team [data-base]").dataset.base.includes("74"));
  await saveNotes(us1);
  await second.waitForFunction(() => document.querySelector("#team textarea").value === "Ask for magnets first, 74\nGive nothing on chips");
  await notes(us1).fill("Ask for soy first\nGive nothing on chips");
  await notes(second).fill("Ask for ships first\nGive nothing on chips");
  await saveNotes(second);
  await us1.waitForFunction(() => document.querySelector("#team [data-base]").dataset.base.includes("ships"));
  await saveNotes(us1);
  await seen(us1, "ships first");
  assert((await us1.locator("#said").textContent()).includes("soy first"), "notes are refused with both texts");
  assert((await notes(us1).inputValue()).includes("soy first"), "and what was typed stays");
  await saveNotes(us1);
  await second.waitForFunction(() => document.querySelector("#team textarea").value.includes("soy first"));
  assert(true, "saved once more it replaces the other");
  await second.close();
  await us1.bringToFront();
  await cn1.context().setOffline(true);
  await unlinked(cn1, "no network on this device");
  await cn1.locator("input[name=l8]").fill("20");
  await cn1.getByRole("button", { name: "Save the draft" }).click();
  await seen(cn1, "nothing was sent");
  await cn1.context().setOffline(false);
  await linked(cn1);
  assert((await cn1.locator("input[name=l8]").inputValue()) === "20", "a phone goes offline and comes back with what was typed");

  // What answers may not be our page: a proxy, a sign-in page of the network, a limit.
  const typed = us1.locator("#own textarea");
  for (const status of [502, 413, 200]) {
    await us1.route("**/act", (route) => route.fulfill({ status, contentType: "text/html", body: "<h1>Sign in to the guest network</h1>" }));
    await typed.fill(`typed before ${status}`);
    await us1.getByRole("button", { name: "Save my notes" }).click();
    await us1.waitForFunction((s) => document.getElementById("said").textContent.includes(`answer ${s}`), status);
    assert((await typed.inputValue()) === `typed before ${status}`, `what was typed survives an answer ${status} that is not ours`);
    await us1.unroute("**/act");
  }
  await press(us1, "Save my notes");
  await has(us1, "The notes are saved.");

  // Killed in the middle of the meeting.
  await play(async () => (await us1.evaluate(() => document.body.innerText)).includes("offers ("));
  await shot(us1, "phone-talks");
  await serious(us1, "a meeting");
  const meets = async (page) => page.evaluate(() => document.getElementById("draft").getBoundingClientRect().bottom + scrollY);
  for (const page of [us1, cn1]) assert((await meets(page)) <= 1.6 * 740, `in a meeting ${((await meets(page)) / 740).toFixed(2)} screens`);
  const before = await teacher.evaluate(() => document.getElementById("tables").innerText.replace(/\d+:\d\d|, offline/g, ""));
  await kill();
  await unlinked(us1, "no connection");
  await start(file);
  await linked(us1);
  await teacher.reload();
  const after = await teacher.evaluate(() => document.getElementById("tables").innerText.replace(/\d+:\d\d|, offline/g, ""));
  assert(before === after, "the server is killed in mid-round and comes back, nothing is lost");
  await play();
  assert((await text(unscripted)).includes("This round is over"), "round 1 is played to its end, by a browser without scripts too");
  await shot(teacher, "laptop-console");
  await shot(wall, "projector-round");

  // A late student, by keyboard alone; clocks; seats.
  await advance();
  const late = await phone();
  await late.goto(`${root}/j/${code}`);
  await tabTo(late, "input[name=nick]");
  await late.keyboard.type("Late");
  await late.keyboard.press("Enter");
  await has(late, "lets you in");
  await press(teacher, "Let in");
  await has(late, "Your role");
  students.push(late);
  assert(true, "a late student joins with the keyboard alone and is let in");
  await press(teacher, "Stop all");
  await has(us1, "(stopped)");
  await has(wall, "(stopped)");
  await has(us1, "Your teacher paused the class");
  await has(wall, "Paused: decisions wait");
  assert(await us1.locator("#draft button.primary").isDisabled(), "a pause stops decisions");
  await shot(us1, "phone-paused");
  await shot(wall, "projector-paused");
  await confirm(teacher, "Undo:");
  await hasNot(us1, "(stopped)");
  const left = () => us1.evaluate(() => Number(document.querySelector(".clock").dataset.left));
  const short = await left();
  await press(teacher, "+3 min all");
  await us1.waitForFunction((s) => Number(document.querySelector(".clock").dataset.left) > s + 120000, short);
  await confirm(teacher, "Undo:");
  await us1.waitForFunction((s) => Number(document.querySelector(".clock").dataset.left) < s + 120000, short);
  assert(true, "clocks stop, go on and are extended, and the last command is undone");
  // A person's menu opens on a click.
  const menu = async (name, what) => {
    const own = teacher.locator("details.seat", { has: teacher.locator(`.nick:text-is("${name}")`) });
    if (!(await own.evaluate((d) => d.open))) await own.locator("summary").first().click();
    await own.getByRole("button", { name: what, exact: true }).click();
    await teacher.waitForFunction(() => !document.querySelector("details.seat[open], [data-busy]"));
  };
  await menu("Student 1", "To engine");
  await has(us1, "The engine plays your seat");
  await menu("Student 1", "To person");
  await hasNot(us1, "The engine plays your seat");
  assert(true, "a seat goes to the engine and back");
  await cn2.context().setOffline(true);
  await has(us2, "away, engine plays");
  await cn2.context().setOffline(false);
  await hasNot(us2, "away, engine plays");
  assert(true, "a dropout is played by the engine, openly, and has the seat back");
  await cn2.context().close(); // and now for good
  await menu("Student 6", "Re-entry code");
  await teacher.waitForFunction(() => /code for Student 6: [A-Z]{6}/.test(document.getElementById("said").textContent));
  const again = (await teacher.locator("#said").textContent()).match(/: ([A-Z]{6})/)[1];
  const other = await phone();
  await other.goto(root);
  await other.getByText("I had a seat and lost it").click();
  await other.getByLabel("Re-entry code from your teacher").fill(again.toLowerCase());
  await other.getByRole("button", { name: "Come back" }).click();
  await has(other, "Student 6");
  assert(true, "another device comes back with a re-entry code");
  await teacher.locator("#seats > summary").click();
  await teacher.locator("#seats form[action='/console/place'] input[name=a]").fill("7");
  await teacher.locator("#seats select[name=seat]").selectOption("1-1-Head");
  await press(teacher, "Put there");
  await has(late, "head of delegation");
  await has(late, "● Student 3, Late");
  assert(true, "a mirror: two people on one seat");

  // Round 2 at table 2, by keyboard alone.
  const keys = late;
  if (!(await keys.locator("#row-10").isVisible())) {
    await tabTo(keys, "#still summary");
    await keys.keyboard.press("Enter");
  }
  await tabTo(keys, "#draft input[name=l10]");
  await keys.keyboard.press("Control+A");
  await keys.keyboard.type("30");
  await tabTo(keys, "#draft select[name=stance]");
  await keys.keyboard.press("ArrowDown");
  await tabTo(keys, "#draft button.primary");
  await keys.keyboard.press("Enter");
  await has(keys, "Your draft stands.");
  assert(true, "a draft is made and stands by keyboard alone");
  await teacher.locator("form[action='/console/headline'] input[name=text]").fill("Markets are nervous");
  await press(teacher, "Show the headline");
  await has(wall, "Markets are nervous");
  await press(teacher, "Play the card");
  await has(us1, "An encounter at sea");
  await tabTo(us1, "#guess input");
  await us1.keyboard.type("70");
  await us1.keyboard.press("Enter");
  await has(us1, "The guess is saved.");
  assert(true, "a headline, a card of the deck and a guess");
  await play();

  // Rounds 3 and 4, the odds, the debrief.
  await advance();
  await press(us1, "Ask the engine");
  await us1.getByRole("link", { name: "The odds of a deal" }).click();
  await has(us1, "futures a week");
  await shot(us1, "phone-odds");
  assert((await us1.locator("figure").count()) === 2, "the odds as one side can see them, and a fan, before the truth is shown");
  await us1.goto(`${root}/play`);
  await play();
  await advance();
  await play();
  await shot(wall, "projector-late");
  const laptop = await us1.context().newPage();
  await laptop.setViewportSize({ width: 1280, height: 800 });
  await laptop.goto(`${root}/play`);
  await shot(laptop, "laptop-student");
  await laptop.close();
  await advance();
  await us1.goto(`${root}/debrief`);
  assert((await text(us1)).includes("Not here"), "no truth before it is shown");
  await confirm(teacher, "Reveal");
  await us1.goto(`${root}/play`);
  await us1.getByRole("link", { name: "Debrief charts" }).click();
  assert((await us1.locator("figure").count()) === 9, "eight charts and the odds of each table");
  assert((await text(us1)).includes("What each delegation thought mattered most"), "the rankings are told");
  await shot(us1, "phone-debrief");
  await serious(us1, "the debrief");
  await teacher.goto(`${root}/debrief`);
  await shot(teacher, "laptop-debrief");
  await teacher.goto(`${root}/console`);
  await wall.goto(`${root}/projector`);
  await wall.getByRole("link", { name: "The charts" }).click();
  await has(wall, "1. ");
  await wall.keyboard.press("ArrowRight");
  await has(wall, "ended with a deal");
  await shot(wall, "projector-chart");
  for (let n = 1; n <= 9; n++) {
    await press(teacher, `Chart ${n}`);
    await wall.waitForURL(`**/projector/chart?n=${n}`);
    const [tall, have] = await wall.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    assert(tall <= have, `chart ${n} fits the wall: ${tall} of ${have} px`);
    await shot(wall, `wall-chart-${n}`);
  }
  await wall.keyboard.press("PageUp");
  await wall.waitForURL("**/projector/chart?n=8");
  await press(teacher, "Tables");
  await wall.waitForURL("**/projector");
  assert(true, "charts go by keys and from the console");
  await us1.getByRole("link", { name: "Replay" }).click();
  await us1.getByRole("link", { name: "Week 2 ▶" }).click();
  await has(us1, "week 2 of");
  await us1.locator("input[type=range]").fill("5");
  await has(us1, "week 5 of");
  await shot(us1, "phone-replay");
  await serious(us1, "the replay");
  assert(true, "a replay goes forward by link and by slider");
  await teacher.goto(`${root}/replay?table=2&week=3`);
  await shot(teacher, "laptop-replay");
  await teacher.goto(`${root}/handout`);
  await shot(teacher, "laptop-handout");
  const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert(pages(await teacher.pdf({ format: "A4" })) === 1, "the hand-out is one page of paper");
  await teacher.goto(`${root}/paper`);
  await shot(teacher, "laptop-paper");
  assert(pages(await teacher.pdf({ format: "A4" })) >= 6, "the paper fallback is a sheet each");
  await us1.goto(`${root}/play`);
  await teacher.goto(`${root}/console`);
  await advance();
  await has(us1, "Four questions again");
  await us1.locator("#quiz input[type=radio]").nth(0).check();
  await press(us1, "Save");
  await shot(us1, "phone-close");
  await serious(us1, "the close");

  // What is left of the class.
  const get = async (name) => (await teacher.request.get(`${root}/export/${name}`)).text();
  const rows = async (name) => (await get(name)).trim().split("\n");
  assert((await rows("seats.csv")).length === 8, "seats.csv has a row for each person");
  assert((await rows("quiz.csv")).length === 3, "quiz.csv has both quizzes");
  assert((await get("codebook.txt")).includes("decisions.csv"), "there is a codebook");
  const played = await rows("rounds.csv");
  const column = (name) => played[0].split(",").indexOf(name);
  for (const table of [0, 1]) {
    const log = join(folder, `orders-${table}.json`);
    writeFileSync(log, await get(`orders-${table + 1}.json`));
    const told = JSON.parse(summitry("run", "scenarios/stockholm-2025.ron", "--orders", log, "--format", "json"));
    const last = played.filter((r) => r.startsWith(`${table + 1},`)).at(-1).split(",");
    assert(Number(last[column("us_points")]) === told.totals.us && Number(last[column("cn_points")]) === told.totals.cn,
      `\`run --orders\` replays table ${table + 1} to the same points: ${told.totals.us}, ${told.totals.cn}`);
  }
  await teacher.setViewportSize({ width: 640, height: 400 });
  await teacher.goto(`${root}/console`);
  await shot(teacher, "laptop-console-zoomed");
  await teacher.locator("#after > summary").click();
  await teacher.locator("form.danger input").fill("WIPE");
  await press(teacher, "Wipe");
  await has(teacher, "this class was wiped");
  assert(problems.length === 0, "no script error " + problems.join("; "));
  console.log(`all passed; screenshots in ${shots}`);
} finally {
  await end();
}
