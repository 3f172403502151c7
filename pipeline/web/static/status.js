// The ledger's counts as they grow while an ingest runs; starting and stopping one; trying a file again.
"use strict";

const panel = document.getElementById("ingest");
const words = panel.dataset;
const bar = document.getElementById("bar");
const detail = document.getElementById("detail");
const start = document.getElementById("start-ingest");
const stop = document.getElementById("stop-ingest");
let seen = null; // the start of the run that was at work when this page first heard of it
let stopping = false;

function clock(seconds) {
  const whole = Math.max(Math.round(seconds), 0);
  const two = (n) => String(n).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function headline(now) {
  if (now.running) return stopping ? words.stopping : words.running;
  if (!now.run || !now.run.ending) return words.idle;
  const said = words[now.run.ending];
  if (now.run.ending === "broken") return `${said} ${now.run.message}`;
  return now.run.ending === "finished" && now.run.done === 0 ? `${said} ${words.nothing}` : said;
}

function progress(run, atWork) {
  const empty = !run || !run.total;
  bar.hidden = empty && !atWork;
  if (empty) bar.removeAttribute("value");
  detail.textContent = empty && atWork ? words.opening : "";
  if (empty) return;
  bar.max = run.total;
  bar.value = run.done;
  const passed = (Date.now() - Date.parse(run.started)) / 1000;
  const left = atWork ? [`${words.left} ${clock(passed / run.done * (run.total - run.done))}`, run.source_path] : [];
  const parts = [`${run.done} / ${run.total} ${words.documents}`, `${run.pages} ${words.pages}`, ...left];
  detail.textContent = parts.filter(Boolean).join(" · ");
  document.getElementById("bad").replaceChildren(...run.bad.map((file) => {
    const item = document.createElement("li");
    const why = document.documentElement.lang === "vi" ? file.vi || file.message : file.message;
    item.textContent = `${file.source_path}: ${file.code}: ${why}`;
    return item;
  }));
}

new EventSource("/api/status/stream").addEventListener("message", (event) => {
  const now = JSON.parse(event.data);
  for (const [name, count] of Object.entries(now.counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = count;
  }
  if (!now.running) stopping = false;
  document.getElementById("progress").textContent = headline(now);
  panel.classList.toggle("running", now.running);
  progress(now.run, now.ours);
  if (start) {
    start.disabled = now.running;
    stop.hidden = !now.ours;
    stop.disabled = stopping;
  }
  if (now.ours) seen = now.run.started;
  else if (seen && now.run && now.run.started === seen) location.reload(); // the table of problems is of before the run
});

document.getElementById("start")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  attempt(() => send("POST", "/api/ingest", { inbox: form.inbox.value, retry: form.retry.checked }));
});
stop?.addEventListener("click", () => attempt(async () => {
  stopping = true;
  stop.disabled = true;
  document.getElementById("progress").textContent = words.stopping;
  await send("DELETE", "/api/ingest");
}));

document.querySelectorAll("button.retry").forEach((button) => button.addEventListener("click", () => attempt(async () => {
  await send("POST", `/api/status/retry?source_path=${encodeURIComponent(button.dataset.path)}`);
  tell(button.dataset.done);
  button.disabled = true;
})));
