// Results as nodes. Everything that an author wrote goes in as text.

import { marked, say, unfold } from "./search_engine.js";

/** An element with attributes and children; a child that is a string is text. */
export function element(name, attributes = {}, ...children) {
  const made = set(document.createElement(name), attributes);
  made.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return made;
}

/** Give an element attributes; true is one without a value, false none. */
export function set(element_, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element_.setAttribute(name, value === true ? "" : value);
  }
  return element_;
}

/** How much was found, in a sentence. */
export function told(words, found) {
  const { query, results, other, onlyWithdrawn, listed } = found;
  if (!query && !listed) return words.hint;
  if (!results.length) return say(words.nothing, found);
  const count = results.length === 1 ? words.result_one : say(words.result_count, { count: results.length });
  if (other) return `${say(words.instead, found)} ${count}.`;
  return onlyWithdrawn ? `${words.only_withdrawn} ${count}.` : count;
}

/** What a result is: its number, kind, state in words and the unit that it applies to. */
export function facts(data, states) {
  const { filters = {}, meta } = data;
  const status = filters.status?.[0];
  const parts = [filters.kind?.[0], meta.id, meta.unit].filter(Boolean).map((text) => element("span", {}, unfold(text)));
  if (status) parts.splice(2, 0, chip(status, states[status] ?? "in-force"));
  return element("small", { class: "rutine-result-facts md-typeset" }, parts.flatMap((part, at) => (at ? [" · ", part] : [part])));
}

function chip(word, state) {
  return element("span", { class: `rutine-chip rutine-chip--${state}` }, word);
}

/** The places in a document where the words stand, the best first: each with its heading, unless it is the top. */
export function places(data) {
  const best = (place) => place.weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
  return data.sub_results
    .map((place) => ({ ...place, heading: place.anchor && place.anchor.element !== "h1" ? unfold(place.title) : "" }))
    .sort((a, b) => best(b) - best(a));
}

/** A text with the words that were found in it marked. */
export function excerpt(data, place) {
  return element("span", { class: "rutine-result-text" }, marked((place ?? data).excerpt));
}
