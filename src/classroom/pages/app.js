// Follows a page by server-sent events; everything works without it. What is being typed is never overwritten.
"use strict";
(() => {
  const path = document.body.dataset.live;
  const secret = document.getElementById("secret");
  if (secret && location.hash.startsWith("#k=")) {
    secret.value = location.hash.slice(3);
    history.replaceState(null, "", location.pathname);
  }
  const tick = () => {
    for (const el of document.querySelectorAll(".clock")) {
      if (el.dataset.end === undefined) el.dataset.end = String(Date.now() + Number(el.dataset.left));
      if (el.dataset.runs !== "true") continue;
      const s = Math.max(0, Math.ceil((Number(el.dataset.end) - Date.now()) / 1000));
      el.textContent = Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
    }
  };
  setInterval(tick, 500);
  tick();
  if (!path || !window.EventSource) return;
  const net = (text) => { for (const el of document.querySelectorAll(".net")) el.textContent = text; };
  const typed = new Map();
  document.addEventListener("input", (e) => {
    if (e.target.name && e.target.type !== "radio") typed.set(e.target.form.className + "/" + e.target.name, e.target.value);
  });
  document.addEventListener("submit", () => typed.clear());
  const put = (id, html) => {
    const el = document.getElementById(id);
    const open = [...el.querySelectorAll("details")].map((d) => d.open);
    const at = document.activeElement && el.contains(document.activeElement) ? document.activeElement.name : null;
    el.innerHTML = html;
    const now = [...el.querySelectorAll("details")];
    if (now.length === open.length) now.forEach((d, i) => { d.open = open[i]; });
    for (const field of el.querySelectorAll("input[name],textarea[name],select[name]")) {
      const key = (field.form ? field.form.className : "") + "/" + field.name;
      if (typed.has(key)) field.value = typed.get(key);
      if (at && field.name === at) field.focus();
    }
  };
  let source = null;
  const open = () => {
    if (source) return;
    source = new EventSource(path);
    source.addEventListener("view", (e) => {
      const view = JSON.parse(e.data);
      if (view.gone) { location.reload(); return; }
      put("live", view.live);
      const form = document.getElementById("form");
      if (form && view.key !== undefined && form.dataset.form !== view.key) {
        form.dataset.form = view.key;
        put("form", view.form);
      }
      tick();
      net("connected");
    });
    source.onerror = () => net("connection lost, trying again");
  };
  const close = () => { if (source) { source.close(); source = null; } };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
})();
