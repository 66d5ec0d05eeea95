// Results under the search box while somebody writes: a list that the arrow keys lead through.

import { find, load, unfold } from "./search_engine.js";
import { element, excerpt, facts, places, set, told } from "./search_results.js";

const SHOWN = 7; // results
const PAUSE = 120; // milliseconds without a key before the search begins

/** Make the list under the search box; fails where the search cannot be loaded. */
export async function open(form) {
  const input = form.querySelector("input");
  const settings = await load();
  if (form.querySelector(".rutine-search-panel")) return true;
  const { words } = settings;
  const count = element("p", { role: "status", class: "rutine-search-count" });
  const list = element("div", { role: "listbox", id: "rutine-search-list", "aria-label": words.results });
  const more = element("p", { class: "rutine-search-more" });
  const panel = element("div", { class: "rutine-search-panel", hidden: true }, count, list, more);
  form.append(panel);
  set(input, { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" });
  let at = -1, turn = 0, waiting;

  const options = () => [...list.children];
  const close = () => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const choose = (next) => {
    at = next;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = options()[at];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const address = (query) => `${form.action}?${new URLSearchParams({ q: query })}`;

  async function show() {
    const mine = ++turn, query = input.value.trim();
    if (!query) return close();
    count.textContent = words.searching;
    const found = await find(query).catch(() => undefined);
    if (mine !== turn) return;
    if (!found) return fail();
    const shown = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
    if (mine !== turn) return;
    list.replaceChildren(...shown.map((data, index) => result(data, index, settings.states)));
    list.hidden = !shown.length;
    count.textContent = told(words, found);
    more.replaceChildren(element("a", { href: address(query) }, shown.length ? words.all : words.ask));
    more.hidden = found.results.length <= SHOWN && shown.length > 0;
    panel.hidden = false;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    choose(-1);
  }

  function fail() {
    count.textContent = words.failed;
    list.replaceChildren();
    more.hidden = true;
    panel.hidden = false;
    input.setAttribute("aria-expanded", "false");
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  input.addEventListener("focus", () => panel.hidden && show());
  form.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      input.focus();
      return close();
    }
    if (event.target !== input || event.isComposing) return;
    if (event.key === "ArrowDown" && panel.hidden) show();
    else if (panel.hidden) return;
    else if (event.key === "ArrowDown") choose(at < last ? at + 1 : 0);
    else if (event.key === "ArrowUp") choose(at > 0 ? at - 1 : last);
    else if (event.key === "Enter" && at >= 0) options()[at].click();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  if (input.value.trim()) show();
  return true;
}

function result(data, index, states) {
  const place = places(data)[0];
  const title = element("span", { class: "rutine-result-title" }, unfold(data.meta.title ?? data.url));
  const heading = place?.heading ? element("span", { class: "rutine-result-place" }, place.heading) : "";
  const id = `rutine-search-${index}`;
  const option = element("a", { role: "option", id, "aria-selected": "false", tabindex: "-1" });
  option.href = place?.heading ? place.url : data.url;
  option.append(title, facts(data, states), heading, excerpt(data, place));
  return option;
}
