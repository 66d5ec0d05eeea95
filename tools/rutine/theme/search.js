// The way to the search. What it takes to search is fetched when somebody is about to, and not before.

const form = document.querySelector("form.rutine-search");
const input = form?.querySelector("input");

if (input) {
  input.addEventListener("focus", async () => (await import("./search_panel.js")).open(form), { once: true });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const called = event.ctrlKey || event.metaKey ? event.key.toLowerCase() === "k" : event.key === "/" && !writing;
    if (called && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

const page = document.querySelector(".rutine-find");
if (page) (await import("./search_page.js")).start(page);
