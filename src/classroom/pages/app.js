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
  const pace = Number(document.getElementById("live")?.dataset.pace ?? 1);
  const wind = () => {
    for (const el of document.querySelectorAll(".clock")) el.dataset.end = String(Date.now() + Number(el.dataset.left) / pace);
  };
  const tick = () => {
    for (const el of document.querySelectorAll(".clock")) {
      if (el.dataset.runs !== "true") continue;
      const s = Math.max(0, Math.ceil((pace * (Number(el.dataset.end) - Date.now())) / 1000));
      el.textContent = Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
    }
  };
  wind();
  setInterval(tick, 500);
  const name = document.title;
  const turn = () => { document.title = (document.querySelector(".turn") ? "▶ " : "") + name; };
  turn();

  // Changes `old` into `want`, node by node; children with an id are found again by it.
  const ours = new Set(["data-typed", "data-end", "open"]);
  const typed = (el) => el.dataset && el.dataset.typed !== undefined;
  const morph = (old, want) => {
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
  const say = (text) => {
    if (!said) return;
    said.textContent = text;
    clearTimeout(hush);
    if (path !== "/console/live") hush = setTimeout(() => { said.textContent = ""; }, 8000); // a code must stay to be read
  };
  const net = (text) => {
    for (const el of document.querySelectorAll(".net")) { el.textContent = text; el.classList.toggle("off", text !== "connected"); }
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
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data });
      const page = parsed(await answer.text());
      const ours = page.body.dataset.ours !== undefined;
      const why = ours ? page.querySelector("[role=alert]") : null;
      // Whatever else came back, from the server or from something on the way: what was typed stays on the screen.
      if (!ours || (!answer.ok && !why)) { say(`Not sent (answer ${answer.status}). What you typed is still here: try again, or copy it before you refresh.`); return; }
      if (!answer.ok) { say("Not done: " + why.textContent); return; }
      if (page.body.dataset.live !== path) {
        close();
        over = true;
        if (why) document.body.replaceWith(page.body); else location.reload();
        return;
      }
      for (const el of form.querySelectorAll("[data-typed]")) delete el.dataset.typed;
      const fold = form.closest("details.inline");
      if (fold) fold.open = false;
      const words = page.getElementById("said");
      morph(document.getElementById("live"), page.getElementById("live"));
      wind();
      turn();
      value();
      for (const el of form.querySelectorAll("input[type=text],input:not([type]),input[type=number]")) {
        if (!form.closest("#live")) el.value = "";
      }
      say(words ? words.textContent : "");
    } catch {
      say("No connection: nothing was sent. What you typed is still here.");
    } finally {
      delete form.dataset.busy;
    }
  });

  let source = null;
  let over = false;
  let later = 0;
  let heard = 0;
  const open = () => {
    if (source || over || document.hidden || Date.now() < later) return;
    heard = Date.now();
    source = new EventSource(path);
    source.addEventListener("beat", () => { heard = Date.now(); });
    source.addEventListener("view", (e) => {
      heard = Date.now();
      const view = JSON.parse(e.data);
      if (view.gone) {
        if (!document.querySelector("[data-busy]")) location.reload(); // else the form's answer says why
        return;
      }
      const live = document.getElementById("live");
      const want = parsed(`<div id="live">${view.live}</div>`).getElementById("live");
      for (const { name, value } of live.attributes) want.setAttribute(name, value);
      morph(live, want);
      wind();
      turn();
      value();
      net("connected");
    });
    // Another page of the same reader took this one's place: it is tried again, but not at once.
    source.addEventListener("cut", () => { close(); later = Date.now() + 15000; net("open in too many tabs: followed again soon"); });
    source.onerror = () => {
      net("connection lost, trying again");
      if (source && source.readyState === EventSource.CLOSED) close();
    };
  };
  const close = () => { if (source) { source.close(); source = null; } };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("offline", () => { net("connection lost"); close(); });
  addEventListener("online", open);
  // A stream that has been silent for too long is dead, though nobody said so.
  setInterval(() => {
    if (navigator.onLine === false) return;
    if (source && Date.now() - heard > 25000) { net("connection lost, trying again"); close(); }
    open();
  }, 3000);
  // A student's page says that somebody is there.
  const here = () => {
    if (source) fetch("/here", { method: "POST" }).catch(() => {});
    const status = document.getElementById("status");
    setTimeout(here, Number((status && status.dataset.here) || 20000));
  };
  if (path === "/live") here();
  open();
})();
