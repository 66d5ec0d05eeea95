// What results can be narrowed to: for each facet its values, with how many results each has.

import { say } from "./search_engine.js";
import { element } from "./search_results.js";

export const FACETS = ["kind", "status", "unit", "role", "owner", "regulation"];
const FEW = 8; // values of a facet that are shown at first
const OPEN = ["kind", "status"];

/** Show the filters of what was found. `change` is called with what the reader has chosen. */
export function filters(side, found, state, settings, change) {
  const { words } = settings;
  const open = new Set([...side.querySelectorAll("details[open]")].map((each) => each.dataset.facet));
  const inside = side.contains(document.activeElement) ? document.activeElement.id : "";
  const facets = FACETS.map((facet) => {
    const counts = (state.chosen[facet].size ? found.totalFilters : found.filters)?.[facet] ?? {};
    return part(facet, counts, open.has(facet), state, settings, change);
  }).filter(Boolean);
  const withdrawn = choice("withdrawn", words.withdrawn, state.withdrawn, (on) => change({ withdrawn: on }));
  const some = state.withdrawn || FACETS.some((facet) => state.chosen[facet].size);
  const none = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
  const clear = element("button", { type: "button", class: "rutine-find-clear", hidden: !some }, words.clear);
  clear.addEventListener("click", () => change({ withdrawn: false, chosen: none }));
  const wide = matchMedia("(min-width: 60em)").matches && !side.firstChild;
  const attributes = { "data-facet": "all", open: wide || open.has("all") };
  side.replaceChildren(element("details", attributes, element("summary", {}, words.filters), facets, withdrawn, clear));
  side.hidden = !found.query && !found.listed;
  if (inside) document.getElementById(inside)?.focus();
}

function part(facet, counts, isOpen, state, { words, language }, change) {
  const chosen = state.chosen[facet];
  for (const value of chosen) counts[value] ??= 0;
  const values = Object.entries(counts).filter(([value, count]) => count || chosen.has(value));
  if (!values.length) return undefined;
  values.sort(([a, many], [b, more]) => more - many || a.localeCompare(b, language));
  const boxes = values.map(([value, count], at) =>
    choice(`${facet}-${at}`, `${value} (${count})`, chosen.has(value), (on) => {
      const now = new Set(chosen);
      now[on ? "add" : "delete"](value);
      return change({ chosen: { ...state.chosen, [facet]: now } });
    }));
  const rest = boxes.slice(FEW).filter((box) => !box.querySelector("input").checked);
  const number = chosen.size ? ` (${say(words.chosen, { count: chosen.size })})` : "";
  return element("details", { "data-facet": facet, open: isOpen || chosen.size > 0 || OPEN.includes(facet) },
    element("summary", {}, words[facet] + number),
    element("fieldset", {}, element("legend", {}, words[facet]), boxes, rest.length ? every(boxes, rest, words) : ""));
}

/** A button that shows the values which are not shown at first. */
function every(boxes, rest, words) {
  for (const box of rest) box.hidden = true;
  const text = say(words.every, { count: boxes.length });
  const button = element("button", { type: "button", class: "rutine-find-every" }, text);
  button.addEventListener("click", () => {
    for (const box of rest) box.hidden = false;
    button.remove();
    rest[0].querySelector("input").focus();
  });
  return button;
}

function choice(name, text, checked, listen) {
  const box = element("input", { type: "checkbox", id: `rutine-find-${name}`, checked });
  box.addEventListener("change", () => listen(box.checked));
  return element("p", { class: "rutine-find-choice" }, box, element("label", { for: box.id }, text));
}
