// The console before a class of scripted students: node tests/browser/console.mjs [path of the summitry binary] [folder]
//
// Its size with 24 and with 60, on a laptop and on a phone; the wall beside it; the pace of a rehearsal.
import { assert, end, has, lesson, open, phone, press, problems, root, serious, shot, start } from "./lib.mjs";

const [many, tables] = [Number(process.env.STUDENTS ?? 24), Number(process.env.TABLES ?? 2)];
try {
  const { secret, wall: link } = await start(lesson(60, tables), "--rehearse", String(many), "--pace", "10");
  const teacher = await open(1366, 768);
  await teacher.goto(`${root}/teach#k=${secret}`);
  await teacher.getByRole("button", { name: "Open the console" }).click();
  await has(teacher, `${many} here`);
  const wall = await open(1920, 1080);
  await wall.goto(root + link);
  const tall = (page) => page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
  const next = async () => {
    const fold = teacher.locator("#bar details.inline", { hasText: "Next phase for all" });
    await fold.locator("summary").click();
    await press(teacher, "Yes");
  };
  await next();
  await has(teacher, "Briefs and caucus");
  await has(wall, "Script 1 ");
  assert((await tall(wall)) <= 1.001, `the seating plan fits the wall: ${(await tall(wall)).toFixed(2)} screens`);
  await shot(wall, `wall-plan-${many}`);
  await next();
  await has(teacher, "Round 1");
  await press(teacher, "× 60");
  await teacher.waitForFunction(() => document.getElementById("live").textContent.includes("60 times as fast"));
  await has(teacher, "round finished");
  await press(teacher, "× 1");
  await next();
  await has(teacher, "Round 2");
  const screens = await tall(teacher);
  await shot(teacher, `console-${many}`);
  assert(screens <= 1.5, `the console of ${many} is ${screens.toFixed(2)} screens at 1366 x 768`);
  assert((await teacher.locator(".nick").count()) === many, "a line a person");
  await teacher.locator("details.seat > summary").nth(1).click();
  await shot(teacher, `console-${many}-menu`);
  const menu = await teacher.locator("details.seat[open] .menu").boundingBox();
  assert(menu && menu.x >= 0 && menu.x + menu.width <= 1366, "a menu is on the screen");
  await teacher.locator("h1").click();
  assert((await teacher.locator("details.seat[open]").count()) === 0, "and closes when something else is pressed");
  await serious(teacher, "the console of a class");
  await shot(wall, `wall-round-${many}`);
  assert((await tall(wall)) <= 1.001, `the wall of a round needs no scrolling: ${(await tall(wall)).toFixed(2)} screens`);
  const hand = await phone();
  await hand.goto(`${root}/teach#k=${secret}`);
  await hand.getByRole("button", { name: "Open the console" }).click();
  await has(hand, `${many} here`);
  await shot(hand, `console-${many}-phone`);
  const bar = await hand.evaluate(() => document.getElementById("bar").getBoundingClientRect().height);
  assert(bar <= 300, `what stays on a phone's screen leaves room: ${bar} px`);
  assert(problems.length === 0, "no script error " + problems.join("; "));
} finally {
  await end();
}
