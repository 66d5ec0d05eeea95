// The way to the search. What it takes to search is fetched when somebody is about to, and not before.

const form = document.querySelector("form.rutine-search");
form?.querySelector("input").addEventListener("focus", open);

/** Open the search; where it cannot be loaded say so, and try again the next time. */
async function open({ target }) {
  target.removeEventListener("focus", open);
  const opened = await import("./search_panel.js").then((panel) => panel.open(form)).catch(() => false);
  if (opened) return form.querySelector(".rutine-search-failed")?.remove();
  tell(form);
  target.addEventListener("focus", open);
}

function tell(where) {
  const told = where.querySelector(".rutine-search-failed") ?? document.createElement("p");
  told.className = "rutine-search-failed";
  told.setAttribute("role", "status");
  where.append(told);
  told.textContent = form.dataset.failed;
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const called = event.ctrlKey || event.metaKey ? event.key.toLowerCase() === "k" : event.key === "/" && !writing;
  const input = document.querySelector(".rutine-find input") ?? form?.querySelector("input");
  if (input && called && !event.altKey) {
    event.preventDefault();
    input.focus();
    input.select();
  }
});

const page = document.querySelector(".rutine-find");
if (page) {
  const started = await import("./search_page.js").then((search) => search.start(page)).catch(() => false);
  if (!started) tell(page);
}
