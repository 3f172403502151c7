// What all pages share: a request that carries the token, a line of news, and choosing records.
"use strict";

const token = document.querySelector('meta[name="csrf"]').content;

function tell(message, bad = false) {
  const live = document.getElementById("live");
  live.textContent = message;
  live.classList.toggle("bad", bad);
}

async function send(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ? answer.error.message : response.statusText);
  return answer;
}

const all = document.getElementById("choose-page");
if (all) {
  const boxes = [...document.querySelectorAll('input[name="ids"]')];
  const count = () => { document.getElementById("chosen-count").textContent = boxes.filter((b) => b.checked).length; };
  all.addEventListener("change", () => { boxes.forEach((b) => { b.checked = all.checked; }); count(); });
  boxes.forEach((b) => b.addEventListener("change", count));
  count();
}
