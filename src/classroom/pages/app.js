// Follows a page by server-sent events and sends its forms; everything works without it. A page is changed in place:
// what is being typed, what is unfolded and where the keyboard stands is left alone.
"use strict";
(() => {
  const path = document.body.dataset.live;
  const secret = document.getElementById("secret");
  if (secret && location.hash.startsWith("#k=")) {
    secret.value = location.hash.slice(3);
    history.replaceState(null, "", location.pathname);
  }

  // Clocks: the server says what is left, the page counts down; in a rehearsal faster than the wall.
  let pace = Number(document.getElementById("live")?.dataset.pace ?? 1);
  const wind = () => {
    for (const el of document.querySelectorAll("[data-left]")) el.dataset.end = String(Date.now() + Number(el.dataset.left) / pace);
  };
  // What asks for attention: put away by hand or after a while, and known by its name while the page is open.
  const away = new Set();
  const seen = new Map();
  try { for (const id of JSON.parse(sessionStorage.getItem("away") ?? "[]")) away.add(id); } catch { /* no storage: it is shown again */ }
  const put = (id) => {
    away.add(id);
    try { sessionStorage.setItem("away", JSON.stringify([...away])); } catch { /* as above */ }
  };
  const notices = () => {
    for (const el of document.querySelectorAll(".notice")) {
      const left = el.dataset.left === undefined ? null : pace * (Number(el.dataset.end) - Date.now());
      const due = left === null || (el.dataset.runs === "true" && left <= 60000 && left > 0);
      if (due && !seen.has(el.id)) seen.set(el.id, Date.now());
      if (el.dataset.fades && Date.now() - (seen.get(el.id) ?? Infinity) > 1000 * el.dataset.fades) put(el.id);
      el.hidden = !due || away.has(el.id);
    }
  };
  // What is over may come again, as a second pause does.
  const forget = () => { for (const id of [...away]) if (!document.getElementById(id)) { away.delete(id); seen.delete(id); } };
  document.addEventListener("click", (e) => {
    const notice = e.target.closest && e.target.closest(".notice .away") && e.target.closest(".notice");
    if (notice) { put(notice.id); notices(); }
  });
  const tick = () => {
    notices();
    for (const el of document.querySelectorAll(".clock")) {
      if (el.dataset.runs !== "true") continue;
      const s = Math.max(0, Math.ceil((pace * (Number(el.dataset.end) - Date.now())) / 1000));
      el.textContent = Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
    }
  };
  wind();
  notices();
  setInterval(tick, 500);
  const name = document.title;
  const turn = () => { document.title = (document.querySelector(".turn") ? "▶ " : "") + name; };
  turn();

  // Changes `old` into `want`, node by node; children with an id are found again by it.
  const ours = new Set(["data-typed", "data-end", "open"]);
  const typed = (el) => el.dataset && el.dataset.typed !== undefined;
  const held = (el) => el.dataset && el.dataset.base !== undefined && el.form && el.form.querySelector("[data-typed]");
  const morph = (old, want) => {
    if (old.classList && old.classList.contains("net")) return; // the page itself knows whether it is followed
    if (held(old)) { old.dataset.base = want.dataset.base; return; } // what one began to write from stays
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== want.data) old.data = want.data;
      return;
    }
    const folds = old.nodeName === "DETAILS" && old.dataset.unfold !== want.dataset.unfold;
    for (const { name, value } of [...want.attributes]) {
      if (!ours.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      if (!ours.has(name) && !want.hasAttribute(name)) old.removeAttribute(name);
    }
    if (folds) old.open = want.open;
    let at = old.firstChild;
    for (const next of [...want.childNodes]) {
      let have = at;
      if (next.id) {
        have = [...old.children].find((c) => c.id === next.id) ?? null;
        while (have && at && at !== have) { const gone = at; at = at.nextSibling; gone.remove(); }
      } else if (have && (have.id || have.nodeName !== next.nodeName)) have = null;
      if (have) { morph(have, next); at = have.nextSibling; }
      else old.insertBefore(next.cloneNode(true), at);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
    if (typed(old)) return;
    if (old.nodeName === "INPUT" && (old.type === "radio" || old.type === "checkbox")) old.checked = want.checked;
    else if (["INPUT", "TEXTAREA", "SELECT"].includes(old.nodeName) && old.value !== want.value) old.value = want.value;
  };
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  // Charts on the wall go by arrow and page keys, as a pointer for slides sends them.
  const ways = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev", Escape: "up" };
  document.addEventListener("keydown", (e) => {
    if (!document.body.classList.contains("projector") || e.altKey || e.ctrlKey || e.metaKey) return;
    const link = ways[e.key] && document.querySelector(`a[rel=${ways[e.key]}]`);
    if (link) { e.preventDefault(); link.click(); }
  });
  // One menu of a person is open at a time, and it closes when something else is pressed.
  document.addEventListener("click", (e) => {
    const own = e.target.closest && e.target.closest("details.seat");
    for (const open of document.querySelectorAll("details.seat[open]")) if (open !== own) open.open = false;
  });

  // A slider shows what it is moved to.
  for (const el of document.querySelectorAll("[data-auto]")) {
    let soon = 0;
    el.addEventListener("change", () => { clearTimeout(soon); soon = setTimeout(() => el.form.submit(), 500); });
  }

  // The board: worth as one types, by the tables that the server sent.
  const signed = (x, places) => (Math.abs(x) < 0.5 / 10 ** places ? (places === 2 ? "0" : "0.0") : (x > 0 ? "+" : "−") + Math.abs(x).toFixed(places));
  const read = (curve, x) => {
    const nodes = curve.split(" ").map((pair) => pair.split(":").map(Number));
    if (x <= nodes[0][0]) return nodes[0][1];
    for (let i = 1; i < nodes.length; i++) {
      const [[a, low], [b, high]] = [nodes[i - 1], nodes[i]];
      if (x <= b) return b > a ? low + ((x - a) / (b - a)) * (high - low) : high;
    }
    return nodes[nodes.length - 1][1];
  };
  const value = () => {
    const total = document.getElementById("total");
    if (!total) return;
    let sum = 0;
    for (const el of document.querySelectorAll("#draft input[data-curve]")) {
      const x = parseFloat(el.value);
      const saved = Number(el.dataset.worth);
      const worth = el.value === el.defaultValue || Number.isNaN(x) ? saved : read(el.dataset.curve, x);
      sum += worth;
      el.closest(".row").querySelector(".worth").textContent = signed(worth, 2);
    }
    const beside = Number(total.dataset.beside);
    total.textContent = signed(sum + beside, 2);
    const ours = document.getElementById("scale-ours");
    if (!ours) return;
    const { low, high } = ours.parentElement.dataset;
    const at = (y) => Math.min(200, Math.max(0, ((y - low) / (high - low)) * 200));
    const put = (name, a, b) => {
      const rect = ours.querySelector(name);
      rect.setAttribute("x", at(Math.min(a, b)));
      rect.setAttribute("width", at(Math.max(a, b)) - at(Math.min(a, b)));
    };
    put(".levers", 0, sum);
    put(".signing", sum, sum + beside);
    ours.querySelector(".total").textContent = signed(sum + beside, 1);
    ours.querySelector(".part").textContent = signed(sum, 1);
  };
  document.body.classList.add("scripted");
  document.addEventListener("click", (e) => {
    const step = e.target.closest && e.target.closest("button.step");
    if (!step) return;
    const field = step.closest(".row").querySelector("input[data-curve]");
    const next = (parseFloat(field.value) || 0) + Number(step.dataset.by);
    field.value = String(Math.round(Math.min(Number(field.max), Math.max(Number(field.min), next)) * 100) / 100);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", (e) => { if (e.target.dataset && e.target.dataset.curve) value(); });
  value();

  const said = document.getElementById("said");
  let hush = 0;
  const say = (text, near) => {
    if (!said) return;
    said.textContent = text;
    // At the button that was pressed, where that is still to be seen.
    const at = near && near.isConnected && path === "/live" ? near.getBoundingClientRect() : null;
    const shows = at && at.height > 0 && at.top > said.offsetHeight + 60 && at.top < innerHeight;
    said.style.bottom = shows ? `${Math.max(8, innerHeight - at.top + 6)}px` : "";
    clearTimeout(hush);
    if (path !== "/console/live") hush = setTimeout(() => { said.textContent = ""; }, 8000); // a code must stay to be read
  };
  if (!path || !window.EventSource || !window.fetch) return;

  document.addEventListener("input", (e) => {
    const { form, name, type } = e.target;
    if (!form || !name) return;
    const group = type === "radio" ? form.querySelectorAll(`input[name="${name}"]`) : [e.target];
    for (const el of group) el.dataset.typed = "";
  });
  document.addEventListener("submit", async (e) => {
    const form = e.target;
    if (form.method !== "post" || form.dataset.busy) { if (form.dataset.busy) e.preventDefault(); return; }
    e.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    if (e.submitter && e.submitter.name) data.append(e.submitter.name, e.submitter.value);
    form.dataset.busy = "1";
    // What is typed while the answer is on its way is not what was sent: it stays.
    const now = (el) => (el.type === "radio" || el.type === "checkbox" ? el.checked : el.value);
    const sent = [...form.querySelectorAll("[data-typed]")].map((el) => [el, now(el)]);
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data });
      const page = parsed(await answer.text());
      const ours = page.body.dataset.ours !== undefined;
      const why = ours ? page.querySelector("[role=alert]") : null;
      // Whatever else came back, from the server or from something on the way: what was typed stays on the screen.
      if (!ours || (!answer.ok && !why)) { say(`Not sent (answer ${answer.status}). What you typed is still here: try again, or copy it before you refresh.`, e.submitter); return; }
      if (!answer.ok) {
        say("Not done: " + why.textContent, e.submitter);
        // Both texts were shown: what is sent next is written knowing the other.
        for (const el of form.querySelectorAll("[data-base]")) el.value = el.dataset.base;
        return;
      }
      if (page.body.dataset.live !== path) {
        close();
        over = true;
        if (why) document.body.replaceWith(page.body); else location.reload();
        return;
      }
      for (const [el, was] of sent) if (now(el) === was) delete el.dataset.typed;
      for (const fold of [form.closest("details.inline"), form.closest("details.seat")]) if (fold) fold.open = false;
      const words = page.getElementById("said");
      morph(document.getElementById("live"), page.getElementById("live"));
      drawn();
      for (const el of form.querySelectorAll("[data-base]")) el.value = el.dataset.base;
      for (const el of form.querySelectorAll("input[type=text],input:not([type]),input[type=number]")) {
        if (!form.closest("#live")) el.value = "";
      }
      say(words ? words.textContent : "", e.submitter);
    } catch {
      say("No connection: nothing was sent. What you typed is still here.", e.submitter);
    } finally {
      delete form.dataset.busy;
    }
  });

  // Everything that follows from what the page shows now.
  const drawn = () => { wind(); forget(); tick(); turn(); value(); shown(); };
  // The wall goes where the teacher last sent it; what was sent before is not followed twice.
  const shown = () => {
    const el = document.getElementById("shown");
    if (!el) return;
    let last = null;
    try { last = sessionStorage.getItem("shown"); sessionStorage.setItem("shown", el.dataset.at); } catch { return; }
    if (last !== el.dataset.at && el.dataset.to !== location.pathname + location.search) location.assign(el.dataset.to);
  };
  let source = null;
  let over = false;
  let later = 0;
  let cut = false;
  let followed = false;
  let lost = false;
  let heard = Date.now();
  // How it stands with the connection, as it is: a page that is not followed says so, and for how long.
  const net = () => {
    const silent = 5 * Math.floor((Date.now() - heard) / 5000);
    const [text, off] =
      navigator.onLine === false ? ["no network on this device: what you see may be old", true]
      : cut ? ["open in too many tabs: this one does not follow", true]
      : source && followed ? ["connected", false]
      : !lost && silent < 5 ? ["connecting", false]
      : [`no connection${silent ? ` for ${silent} s` : ""}, trying again: what you see may be old`, true];
    for (const el of document.querySelectorAll(".net")) {
      if (el.textContent !== text) el.textContent = text;
      el.classList.toggle("off", off);
    }
    document.body.classList.toggle("stale", off);
    const follow = document.getElementById("follow");
    if (follow) follow.hidden = !cut;
  };
  const open = () => {
    if (source || over || document.hidden || Date.now() < later) return;
    source = new EventSource(path);
    source.addEventListener("beat", () => { heard = Date.now(); });
    source.addEventListener("view", (e) => {
      [heard, followed, lost, cut] = [Date.now(), true, false, false];
      const view = JSON.parse(e.data);
      if (view.gone) {
        if (!document.querySelector("[data-busy]")) location.reload(); // else the form's answer says why
        return;
      }
      if (view.pace) pace = view.pace;
      const live = document.getElementById("live");
      const want = parsed(`<div id="live">${view.live}</div>`).getElementById("live");
      for (const { name, value } of live.attributes) want.setAttribute(name, value);
      morph(live, want);
      drawn();
      net();
    });
    // Newer pages of the same reader took this one's place. It is tried again by itself, but not so soon that pages
    // push each other out all the time; at once where somebody asks for it.
    source.addEventListener("cut", () => { close(); cut = true; later = Date.now() + (path === "/live" ? 60000 : 15000); net(); });
    source.onerror = () => {
      [followed, lost] = [false, true];
      if (source && source.readyState === EventSource.CLOSED) close();
      net();
    };
  };
  const close = () => { if (source) { source.close(); source = null; } followed = false; };
  const again = () => { later = 0; cut = false; open(); net(); };
  document.addEventListener("click", (e) => { if (e.target.id === "follow") again(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else { heard = Date.now(); again(); } });
  addEventListener("offline", () => { close(); net(); });
  addEventListener("online", () => { open(); net(); });
  // A stream that has been silent for too long is dead, though nobody said so.
  setInterval(() => {
    if (navigator.onLine !== false) {
      if (source && Date.now() - heard > 25000) { close(); lost = true; }
      open();
    }
    net();
  }, 3000);
  // A student's page says that somebody is there.
  const here = () => {
    if (source) fetch("/here", { method: "POST" }).catch(() => {});
    const status = document.getElementById("status");
    setTimeout(here, Number((status && status.dataset.here) || 20000));
  };
  if (path === "/live") here();
  open();
  net();
})();
