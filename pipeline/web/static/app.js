// What all pages share: a request that carries the token, a line of news with its undo, choosing records, and keys.
"use strict";

const token = document.querySelector('meta[name="csrf"]').content;
const live = document.getElementById("live");
let lastChange = null;
let silence;

function tell(message, { bad = false, change = null } = {}) {
  live.textContent = message;
  live.classList.toggle("bad", bad);
  if (change) {
    lastChange = change;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = live.dataset.undo;
    button.addEventListener("click", undoLast);
    live.append(" ", button);
  }
  clearTimeout(silence);
  if (!bad) silence = setTimeout(() => { live.textContent = ""; }, 8000);
}

async function send(method, path, body) {
  let response, answer;
  try {
    response = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    answer = await response.json();
  } catch { throw new Error(live.dataset.offline); } // no answer, or none of ours
  if (!response.ok) throw new Error(answer.error ? answer.error.message : response.statusText);
  return answer;
}

async function attempt(act) {
  try { return await act(); } catch (error) { tell(error.message, { bad: true }); return null; }
}

function undoLast() {
  if (!lastChange) return;
  attempt(async () => {
    await send("POST", `/api/changes/${lastChange}/undo`);
    location.reload();
  });
}

// Choosing records: the count follows, and choosing one by one is no longer choosing all.
const all = document.getElementById("choose-page");
if (all) {
  const boxes = [...document.querySelectorAll('input[name="ids"]')];
  const elsewhere = document.getElementById("scope-all");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    document.getElementById("chosen-count").textContent = chosen;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    document.querySelector(".bulk").classList.toggle("ready", chosen > 0 || elsewhere.checked);
  };
  const one = () => { document.querySelector('input[name="scope"][value="chosen"]').checked = true; count(); };
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); one(); });
  boxes.forEach((box) => box.addEventListener("change", one));
  document.querySelectorAll('input[name="scope"]').forEach((radio) => radio.addEventListener("change", count));
  count();
}

// Facets: the longer lists unfold, and a narrow screen shows the records first.
document.querySelectorAll("button.more").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => { button.closest("details").classList.add("whole"); button.remove(); });
});
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".narrowing")?.removeAttribute("open");

// Long tasks unfold, where they are longer than what is shown of them.
document.querySelectorAll(".clamp").forEach((text) => {
  const button = text.nextElementSibling;
  button.hidden = text.scrollHeight <= text.clientHeight;
  button.addEventListener("click", () => button.setAttribute("aria-expanded", String(text.classList.toggle("open"))));
});

// On a narrow screen the sections scroll sideways: the one that is open is in sight.
document.querySelector("header nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// Keys.
const help = document.getElementById("keys");
document.getElementById("help")?.addEventListener("click", () => help.showModal());

const places = { k: "records", d: "review", p: "movements", n: "directives", t: "tags", l: "history", s: "status" };
const rows = [...document.querySelectorAll("table.list:not(.edit) tbody tr")].filter((row) => row.querySelector("a.open"));
let at = -1;
let going = false;

function move(step) {
  if (!rows.length) return;
  rows[at]?.classList.remove("at");
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[at].classList.add("at");
  rows[at].querySelector("a.open").focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

function writing(element) {
  return ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) && !["checkbox", "radio"].includes(element.type);
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && event.key.toLowerCase() === "u") { event.preventDefault(); undoLast(); return; }
  if (event.ctrlKey || event.altKey || event.metaKey || help.open || writing(event.target)) return;
  if (going && places[event.key]) { location.href = `/${places[event.key]}`; return; }
  going = event.key === "g";
  if (event.key === "?") help.showModal();
  else if (event.key === "/") {
    event.preventDefault();
    const box = document.getElementById("q");
    if (box) { box.focus(); box.select(); } else location.href = "/records";
  } else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x" && at >= 0) rows[at].querySelector('input[type="checkbox"]')?.click();
});
