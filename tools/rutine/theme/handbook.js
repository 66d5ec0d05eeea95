// What cannot be done without a script: printing, and tables that scroll by keyboard. The pages work without it.
for (const button of document.querySelectorAll(".rutine-print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On wide screens, what stands on this page is always open; on narrow ones, it closes when something was chosen.
const contents = document.querySelector(".rutine-contents");
if (contents) {
  const wide = window.matchMedia("(min-width: 60em)");
  const fit = () => { contents.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  contents.addEventListener("click", (event) => {
    if (!wide.matches && event.target.closest("a")) contents.open = false;
  });
}

// A part of the page that scrolls by itself can be reached by keyboard, and has a name. The theme puts frames around tables
// while it starts, and a narrower window makes more of them scroll.
function reach() {
  for (const table of document.querySelectorAll(".md-content table")) {
    const around = table.closest(".rutine-table, .md-typeset__scrollwrap");
    if (around && !around.hasAttribute("tabindex") && around.scrollWidth > around.clientWidth) {
      let heading = around;
      while (heading && !/^H[1-6]$/.test(heading.tagName)) heading = heading.previousElementSibling || heading.parentElement;
      around.tabIndex = 0;
      around.setAttribute("role", "region");
      if (heading) around.setAttribute("aria-label", heading.firstChild.textContent.trim());
    }
  }
}
reach();
for (const moment of ["load", "resize"]) window.addEventListener(moment, reach);

// The permanent address in full, to be copied or read on paper.
for (const link of document.querySelectorAll(".rutine-permanent")) link.textContent = link.href;
