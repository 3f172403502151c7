// The ledger's counts as they grow while an ingest runs, and trying a file again.
"use strict";

const line = document.getElementById("progress");
new EventSource("/api/status/stream").addEventListener("message", (event) => {
  const now = JSON.parse(event.data);
  line.textContent = now.running ? line.dataset.running : line.dataset.idle;
  for (const [name, count] of Object.entries(now.counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = count;
  }
});

document.querySelectorAll("button.retry").forEach((button) => button.addEventListener("click", async () => {
  try {
    await send("POST", `/api/status/retry?source_path=${encodeURIComponent(button.dataset.path)}`);
    tell(button.dataset.done);
    button.disabled = true;
  } catch (error) { tell(error.message, true); }
}));
