// The review page: a field and its place on the scan light up together; keys to correct, accept and go on.
"use strict";

const id = document.getElementById("record").dataset.id;
const base = `/api/dispatches/${id}`;
const pages = document.getElementById("pages");
const text = document.getElementById("text");
const spots = [...document.querySelectorAll("[data-for]")];
let lit = [];

function spotsOf(owner) {
  return spots.filter((place) => place.dataset.for.split(" ").includes(owner.id));
}

function light(owner) {
  lit.forEach((element) => element.classList.remove("lit"));
  const here = spotsOf(owner);
  lit = [owner, ...here];
  lit.forEach((element) => element.classList.add("lit"));
  for (const frame of [pages, text]) {
    const place = frame && !frame.hidden && here.find((element) => frame.contains(element));
    if (place) show(frame, place);
  }
}

function show(frame, place) {
  const box = place.getBoundingClientRect();
  const view = frame.getBoundingClientRect();
  if (box.top < view.top + 20 || box.bottom > view.bottom - 20) frame.scrollTop += box.top - view.top - view.height / 3;
  if (box.left < view.left || box.right > view.right) frame.scrollLeft += box.left - view.left - view.width / 4;
}

function ownerOf(input) { return input.closest(".field, .edit tr"); }

document.addEventListener("focusin", (event) => {
  const owner = ownerOf(event.target);
  if (owner && owner.id) light(owner);
});

// Of several owners of a place the last named is the smallest claim; a field goes before a row.
spots.forEach((place) => place.addEventListener("click", () => {
  const names = place.dataset.for.split(" ");
  const owner = document.getElementById(names.find((name) => name.startsWith("field-")) || names.at(-1));
  owner?.closest("details")?.setAttribute("open", "");
  owner?.querySelector("input:not([type=checkbox]), textarea, select")?.focus();
}));

// Saves what was typed; tells whether all is well, so that nobody is led on from a value that was refused.
async function save(input) {
  if (input.readOnly || input.disabled || input.dataset.was === undefined || input.value === input.dataset.was) return true;
  const row = input.closest(".edit tr");
  return await attempt(async () => {
    let answer;
    if (row) {
      const table = row.closest("table").dataset.table;
      answer = await send("PATCH", `${base}/${table}`, { keys: [row.dataset.key], column: input.name, value: input.value });
      row.classList.add("person");
    } else {
      answer = await send("POST", `${base}/fields`, { name: input.name, value: input.value === "" ? null : input.value });
      const field = ownerOf(input);
      field.classList.remove("low", "middle", "high", "none", "asked");
      field.classList.add("person");
      field.querySelector(".sure").textContent = live.dataset.person;
      const machine = field.querySelector(".machine");
      const said = machine.querySelector("del").textContent;
      machine.hidden = said === "" || said === input.value;
    }
    input.dataset.was = input.value;
    input.classList.remove("changed");
    const state = document.querySelector(".facts .state");
    state.className = "state checked";
    state.textContent = live.dataset.checked;
    tell(live.dataset.saved, { change: answer.change_id });
    return true;
  }) === true;
}

const inputs = [...document.querySelectorAll("#fields input, #fields textarea, .edit tr:not(.fresh) :is(textarea, select)")];
inputs.forEach((input, n) => {
  input.addEventListener("input", () => input.classList.toggle("changed", input.value !== input.dataset.was));
  input.addEventListener("change", () => save(input));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      save(input).then((well) => well && inputs[n + 1]?.focus());
    } else if (event.key === "Escape") {
      input.value = input.dataset.was;
      input.classList.remove("changed");
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && input.tagName === "INPUT" && !input.list) {
      const other = inputs[n + (event.key === "ArrowDown" ? 1 : -1)];
      if (other) { event.preventDefault(); other.focus(); }
    }
  });
});

function goOn() { document.getElementById("go-on").click(); }

function accept() {
  attempt(async () => {
    if (!(await save(document.activeElement))) return;
    await send("POST", `${base}/check`);
    goOn();
  });
}

document.getElementById("accept")?.addEventListener("click", accept);
document.getElementById("fields").addEventListener("submit", (event) => event.preventDefault());

// Rows of the claim tables: struck out, added, and several at once.
async function reloaded(change) {
  const answer = await attempt(change);
  if (answer) location.reload();
}

document.querySelectorAll("button.strike").forEach((button) => button.addEventListener("click", () => attempt(async () => {
  const row = button.closest("tr");
  const answer = await send("DELETE", `${base}/${row.closest("table").dataset.table}`, { keys: [row.dataset.key] });
  row.remove();
  tell(live.dataset.saved, { change: answer.change_id });
})));

document.querySelectorAll("button.add").forEach((button) => button.addEventListener("click", () => {
  const row = button.closest("tr");
  const cells = [...row.querySelectorAll("textarea, select")];
  const values = Object.fromEntries(cells.map((cell) => [cell.name, cell.value]));
  reloaded(() => send("POST", `${base}/${row.closest("table").dataset.table}`, { values }));
}));

document.querySelectorAll(".rowbar").forEach((bar) => {
  const part = bar.closest("details");
  const ticks = [...part.querySelectorAll(".tick-row")];
  const every = part.querySelector(".tick-all");
  const chosen = () => ticks.filter((tick) => tick.checked && tick.isConnected).map((tick) => tick.closest("tr").dataset.key);
  const count = () => {
    const n = chosen().length;
    bar.hidden = n === 0;
    bar.querySelector("output").textContent = n;
    every.checked = n > 0 && n === ticks.filter((tick) => tick.isConnected).length;
    every.indeterminate = n > 0 && !every.checked;
  };
  every.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = every.checked; }); count(); });
  ticks.forEach((tick) => tick.addEventListener("change", count));
  const column = bar.querySelector("select");
  const slot = bar.querySelectorAll("label")[1];
  const fit = () => {
    const cell = part.querySelector(`tr.fresh [name="${column.value}"]`).cloneNode(true);
    cell.removeAttribute("aria-label");
    cell.value = "";
    slot.querySelector("input, textarea, select").replaceWith(cell);
  };
  column.addEventListener("change", fit);
  fit();
  bar.querySelector(".set-chosen").addEventListener("click", () => reloaded(() => send("PATCH", `${base}/${part.dataset.table}`, {
    keys: chosen(), column: column.value, value: slot.querySelector("textarea, select").value,
  })));
  bar.querySelector(".strike-chosen").addEventListener("click", () => reloaded(() => send("DELETE", `${base}/${part.dataset.table}`, { keys: chosen() })));
});

// The scan: zoom, pages, and the text in its place.
let zoom = 100;
function setZoom(wanted) {
  if (!pages) return;
  zoom = Math.min(Math.max(wanted, 50), 400);
  document.getElementById("zoom-fit").textContent = `${zoom} %`;
  document.querySelectorAll(".sheet").forEach((sheet) => {
    sheet.style.width = `${zoom}%`;
    const image = sheet.querySelector("img");
    if (zoom > 130 && !image.src.endsWith("2400")) image.src = image.src.replace(/width=\d+/, "width=2400");
  });
  const place = lit.find((element) => pages.contains(element));
  if (place) show(pages, place);
}
document.getElementById("zoom-in")?.addEventListener("click", () => setZoom(zoom + 25));
document.getElementById("zoom-out")?.addEventListener("click", () => setZoom(zoom - 25));
document.getElementById("zoom-fit")?.addEventListener("click", () => setZoom(100));
document.getElementById("go-page")?.addEventListener("change", (event) => {
  const sheet = document.querySelector(`.sheet[data-page="${event.target.value}"]`);
  pages.scrollTop += sheet.getBoundingClientRect().top - pages.getBoundingClientRect().top - 8;
});

const swap = document.getElementById("show-text");
function swapText() {
  if (!swap) return;
  pages.hidden = !pages.hidden;
  text.hidden = !text.hidden;
  swap.setAttribute("aria-pressed", String(!text.hidden));
  if (lit[0]) light(lit[0]);
}
swap?.addEventListener("click", swapText);

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); accept(); }
  else if (event.altKey && key === "n") { event.preventDefault(); goOn(); }
  else if (event.altKey && key === "t") { event.preventDefault(); swapText(); }
  else if (writing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  else if (key === "+" || key === "=") setZoom(zoom + 25);
  else if (key === "-") setZoom(zoom - 25);
  else if (key === "0") setZoom(100);
});

const first = document.querySelector("#fields input, #fields textarea");
if (first && !location.hash && matchMedia("(min-width: 60rem)").matches) first.focus({ preventScroll: true });
