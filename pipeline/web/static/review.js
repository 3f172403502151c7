// The review page: a field and its place on the scan light up together; keys to correct, accept and go on.
"use strict";

const id = document.getElementById("record").dataset.id;
const base = `/api/dispatches/${id}`;
let lit = [];

function boxesOf(owner) {
  return [...document.querySelectorAll("rect.box")].filter((box) => box.dataset.for === owner.id);
}

function light(owner) {
  lit.forEach((element) => element.classList.remove("lit"));
  const boxes = boxesOf(owner);
  lit = [owner, ...boxes];
  lit.forEach((element) => element.classList.add("lit"));
  const pages = document.getElementById("pages");
  if (boxes.length && pages) {
    const box = boxes[0].getBoundingClientRect();
    const view = pages.getBoundingClientRect();
    if (box.top < view.top + 20 || box.bottom > view.bottom - 20) {
      pages.scrollTop += box.top - view.top - view.height / 3;
    }
  }
}

function ownerOf(input) { return input.closest(".field, tr"); }

document.addEventListener("focusin", (event) => {
  const owner = ownerOf(event.target);
  if (owner && owner.id) light(owner);
});

document.querySelectorAll("rect.box").forEach((box) => {
  box.addEventListener("click", () => {
    const owner = document.getElementById(box.dataset.for);
    if (owner) owner.querySelector("input, textarea").focus();
  });
});

async function save(input) {
  if (input.readOnly || input.dataset.was === undefined || input.value === input.dataset.was) return;
  const row = input.closest("tr");
  try {
    if (row) {
      const table = row.closest("table").dataset.table;
      await send("PATCH", `${base}/${table}`, { key: row.dataset.key, column: input.name, value: input.value });
      row.classList.add("person");
    } else {
      await send("POST", `${base}/fields`, { name: input.name, value: input.value === "" ? null : input.value });
      const field = ownerOf(input);
      field.classList.add("person");
      field.querySelector(".sure").textContent = "✓";
    }
    input.dataset.was = input.value;
    input.classList.remove("changed");
    tell("✓");
  } catch (error) {
    tell(error.message, true);
  }
}

const inputs = [...document.querySelectorAll("#fields input, #fields textarea, .edit tr:not(.fresh) textarea")];
inputs.forEach((input, n) => {
  input.addEventListener("input", () => input.classList.toggle("changed", input.value !== input.dataset.was));
  input.addEventListener("change", () => save(input));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      save(input).then(() => inputs[n + 1] && inputs[n + 1].focus());
    } else if (event.key === "Escape") {
      input.value = input.dataset.was;
      input.classList.remove("changed");
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && input.tagName === "INPUT") {
      const other = inputs[n + (event.key === "ArrowDown" ? 1 : -1)];
      if (other) { event.preventDefault(); other.focus(); }
    }
  });
});

async function accept() {
  try {
    await save(document.activeElement);
    await send("POST", `${base}/check`);
    document.getElementById("go-on").click();
  } catch (error) {
    tell(error.message, true);
  }
}

document.getElementById("accept")?.addEventListener("click", accept);
document.getElementById("fields").addEventListener("submit", (event) => event.preventDefault());

document.querySelectorAll("button.strike").forEach((button) => button.addEventListener("click", async () => {
  const row = button.closest("tr");
  try {
    await send("DELETE", `${base}/${row.closest("table").dataset.table}`, { key: row.dataset.key });
    row.remove();
  } catch (error) { tell(error.message, true); }
}));

document.querySelectorAll("button.add").forEach((button) => button.addEventListener("click", async () => {
  const row = button.closest("tr");
  const values = Object.fromEntries([...row.querySelectorAll("textarea")].map((cell) => [cell.name, cell.value]));
  try {
    await send("POST", `${base}/${row.closest("table").dataset.table}`, { values });
    location.reload();
  } catch (error) { tell(error.message, true); }
}));

let zoom = 100;
function setZoom(change) {
  zoom = Math.min(Math.max(zoom + change, 50), 400);
  document.querySelectorAll(".sheet").forEach((sheet) => {
    sheet.style.width = `${zoom}%`;
    const image = sheet.querySelector("img");
    if (zoom > 130 && !image.src.endsWith("2400")) image.src = image.src.replace(/width=\d+/, "width=2400");
  });
}
document.getElementById("zoom-in")?.addEventListener("click", () => setZoom(25));
document.getElementById("zoom-out")?.addEventListener("click", () => setZoom(-25));

document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "TEXTAREA"].includes(event.target.tagName);
  if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); accept(); }
  else if (event.altKey && event.key.toLowerCase() === "n") { event.preventDefault(); document.getElementById("go-on").click(); }
  else if (!typing && event.key === "+") setZoom(25);
  else if (!typing && event.key === "-") setZoom(-25);
});

const first = document.querySelector("#fields input, #fields textarea");
if (first && !location.hash) first.focus({ preventScroll: true });
