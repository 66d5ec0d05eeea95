// The way to the search. What it takes to search is fetched when somebody is about to, and not before.

const form = document.querySelector("form.rutine-search");
const panel = async () => (await import("./search_panel.js")).open(form);
form?.querySelector("input").addEventListener("focus", panel, { once: true });

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
if (page) (await import("./search_page.js")).start(page);
