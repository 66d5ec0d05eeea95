// The page of search: every result, what they can be narrowed to, and their order. Its address tells all of it.

import { base, everyFilter, find, load, say, unfold } from "./search_engine.js";
import { FACETS, filters } from "./search_filters.js";
import { element, excerpt, facts, places, told } from "./search_results.js";

const SORTS = ["relevance", "title", "date"];
const BATCH = 10, SHOWN = 3; // results at a time, and places of each
const PAUSE = 150; // milliseconds without a key before the search begins

let words, settings, view, state, turn = 0;

/** Put the search in the place of what the page says without one; fails where it cannot be loaded. */
export async function start(page) {
  settings = await load();
  words = settings.words;
  view = build(page);
  const again = () => {
    state = read();
    return show();
  };
  addEventListener("popstate", again);
  await again();
  if (!state.query) view.input.focus();
  return true;
}

function read() {
  const asked = new URLSearchParams(location.search);
  const sort = asked.get("sort");
  return {
    query: asked.get("q") ?? "",
    sort: SORTS.includes(sort) ? sort : "relevance",
    withdrawn: asked.has("withdrawn"),
    mentions: asked.has("mentions"),
    all: asked.has("all"),
    chosen: Object.fromEntries(FACETS.map((facet) => [facet, new Set(asked.getAll(facet))])),
  };
}

function address(from) {
  const asked = new URLSearchParams();
  if (from.query) asked.set("q", from.query);
  if (from.sort !== "relevance") asked.set("sort", from.sort);
  for (const name of ["withdrawn", "mentions", "all"]) if (from[name]) asked.set(name, "1");
  for (const facet of FACETS) for (const value of from.chosen[facet]) asked.append(facet, value);
  return `${location.pathname}${asked.size ? `?${asked}` : ""}`;
}

/** Go on to another state: a step of the history, or a change of the present one. */
function change(changes, step = true) {
  state = { ...state, ...changes };
  history[step ? "pushState" : "replaceState"](null, "", address(state));
  return show();
}

function build(page) {
  const input = element("input", {
    type: "search", name: "q", id: "rutine-find-words",
    autocomplete: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const form = element("form", { role: "search", class: "rutine-find-form", "aria-labelledby": "rutine-find-label" },
    element("label", { for: input.id, id: "rutine-find-label" }, words.label),
    element("div", { class: "rutine-find-row" }, input, element("button", {}, words.search)));
  const sort = element("select", { id: "rutine-find-sort" },
    SORTS.map((name) => element("option", { value: name }, words[name])));
  const order = element("p", { class: "rutine-find-sort", hidden: true },
    element("label", { for: sort.id }, words.sort), sort);
  const count = element("p", { role: "status", class: "rutine-find-count" });
  const side = element("div", { class: "rutine-find-filters", hidden: true });
  const list = element("ul", { class: "rutine-find-list", role: "list", "aria-label": words.results });
  const more = element("button", { type: "button", class: "rutine-find-more", hidden: true }, words.more);
  const notes = element("div", { class: "rutine-find-notes" });
  const below = element("div");
  const found = element("div", { class: "rutine-find-results" },
    element("div", { class: "rutine-find-head" }, count, order), notes, list, more, below);
  page.replaceChildren(form, element("div", { class: "rutine-find-parts" }, side, found));
  page.classList.add("rutine-find--alive");
  listen(form, input, sort);
  return { input, sort, order, count, side, list, more, notes, below };
}

function listen(form, input, sort) {
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ query: input.value, mentions: false }, false), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    change({ query: input.value, mentions: false });
  });
  sort.addEventListener("change", () => change({ sort: sort.value }));
}

async function show() {
  const mine = ++turn;
  try {
    await search(mine);
  } catch {
    if (mine !== turn) return;
    view.count.textContent = words.failed;
    view.list.replaceChildren();
    view.notes.replaceChildren();
    view.below.replaceChildren();
    view.more.hidden = true;
  }
}

async function search(mine) {
  if (view.input.value.trim() !== state.query.trim()) view.input.value = state.query;
  view.sort.value = state.sort;
  const chosen = FACETS.filter((facet) => state.chosen[facet].size);
  const listing = state.all || chosen.length > 0;
  if (state.query || listing) known(await everyFilter());
  const asked = {
    filters: Object.fromEntries(chosen.map((facet) => [facet, { any: [...state.chosen[facet]] }])),
    withdrawn: state.withdrawn || state.chosen.status.size > 0,
    sort: state.sort,
    mentions: state.mentions,
    list: listing,
  };
  const found = await find(state.query, asked);
  if (mine !== turn) return;
  view.count.textContent = told(words, found);
  view.order.hidden = !found.results.length;
  if (found.listed && state.sort === "relevance") view.sort.value = "title";
  view.notes.replaceChildren(...notes(found));
  view.below.replaceChildren(found.query && (!found.results.length || found.other) ? ways() : "");
  filters(view.side, found, state, settings, change);
  view.list.replaceChildren();
  await showMore(found.results, mine);
}

function* notes(found) {
  if (found.number) {
    const text = say(words.mentions, { number: found.query });
    yield element("p", {}, link({ mentions: true }, text));
  }
  const near = found.near.filter((text) => text !== found.other);
  const links = near.map((text) => link({ query: text }, text));
  if (near.length) yield element("p", {}, `${words.near} `, listed(links, ", "), "?");
  if (!found.query && !found.listed) yield listAll();
}

function listAll() {
  const button = element("button", { type: "button", class: "rutine-find-more" }, words.list);
  button.addEventListener("click", () => change({ all: true }));
  return element("p", {}, button);
}

/** What the address asks for as the index spells it: `saksbehandler` for `Saksbehandler`. */
function known(every) {
  for (const facet of FACETS) {
    const values = Object.keys(every[facet] ?? {});
    const find = (asked) => values.find((value) => value.toLowerCase() === asked.toLowerCase()) ?? asked;
    state.chosen[facet] = new Set([...state.chosen[facet]].map(find));
  }
}

function listed(nodes, between) {
  return nodes.flatMap((node, at) => (at ? [between, node] : [node]));
}

function link(changes, text) {
  const made = element("a", { href: address({ ...state, ...changes }) }, text);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change(changes);
  });
  return made;
}

/** What else a reader can do: ask for a procedure, or go by the lists. */
function ways() {
  const { ask, addresses } = settings;
  const to = (page, text) => addresses[page] && element("a", { href: new URL(addresses[page], base).href }, text);
  const asking = ask ? element("a", { href: ask }, words.ask) : to("register/owners.md", words.owners);
  const links = [asking, to("register/a-z/index.md", words.a_z)].filter(Boolean);
  return element("p", { class: "rutine-find-ways" }, `${words.missing} `, listed(links, " · "));
}

async function showMore(results, mine) {
  const before = view.list.children.length;
  const batch = await Promise.all(results.slice(before, before + BATCH).map((result) => result.data()));
  if (mine !== turn) return;
  view.list.append(...batch.map(item));
  view.more.hidden = view.list.children.length >= results.length;
  view.more.onclick = async () => {
    await showMore(results, mine);
    view.list.children[before + BATCH]?.querySelector("a").focus();
  };
}

function item(data) {
  const title = element("a", { href: data.url, class: "rutine-result-title" }, unfold(data.meta.title ?? data.url));
  const found = places(data).slice(0, SHOWN).map((place) => {
    const heading = place.heading ? [element("a", { href: place.url }, place.heading), ": "] : [];
    return element("li", {}, heading, excerpt(data, place));
  });
  const text = found.length
    ? element("ul", { class: "rutine-result-places", role: "list" }, found)
    : element("p", {}, excerpt(data));
  return element("li", {}, title, facts(data, settings.states), text);
}
