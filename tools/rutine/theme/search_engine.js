// What is looked for, and what is found: the index that Pagefind made, asked in the ways that a reader may write.

import { ranked } from "./search_ranking.js";

export const base = new URL("../../", import.meta.url);
const folder = new URL("assets/search/", base);
const JOINT = "\u034f-"; // between the parts of a compound
const LETTERS = { "ø": "o\u0338", "Ø": "O\u0338", "æ": "ae\u0335", "Æ": "Ae\u0335" };
const RANKING = { metaWeights: { title: 10, id: 4, number: 8, called: 1, also: 1, act: 0.5, same: 0.2, unit: 0.3 } };

const ORDERS = ["title", "date"];
const LEAST = 2; // letters
const LONGEST = 80; // letters of a number
const SHORT = 3; // letters of a word that must be there
const WHOLE = 4; // letters of a word of which none may be missing

let loading, ordering;

/** The words of the interface and the index; loaded once. */
export function load() {
  loading ??= (async () => {
    const [interface_, { createInstance }] = await Promise.all([
      fetch(new URL("words.json", folder)).then((response) => response.json()),
      import(new URL("pagefind.js", folder)),
    ]);
    const index = createInstance({
      basePath: folder.href, baseUrl: base.pathname, language: interface_.language, ranking: RANKING, noWorker: true,
      excerptLength: 24,
    });
    return { ...interface_, index };
  })();
  loading.catch(() => (loading = undefined));
  return loading;
}

/** How to compare two results in an order that a reader may choose; undefined for no such order. */
async function inOrder(sort) {
  if (!ORDERS.includes(sort)) return undefined;
  ordering ??= fetch(new URL("order.json", folder)).then((response) => response.json());
  ordering.catch(() => (ordering = undefined));
  const places = new Map((await ordering)[sort].map((id, at) => [id, at]));
  return (a, b) => places.get(a.id) - places.get(b.id);
}

/** A text in which {names} are replaced by values. */
export function say(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** As the index spells it. */
export function fold(text) {
  return text.normalize("NFC").replace(/[øØæÆ]/g, (letter) => LETTERS[letter]);
}

/** As people spell it. */
export function unfold(text) {
  return text.replaceAll(JOINT, "").replace(/o\u0338|O\u0338|ae\u0335|Ae\u0335/g, (folded) =>
    Object.keys(LETTERS).find((letter) => LETTERS[letter] === folded));
}

/** A text with what was found in it, as texts and marks: what stands between Pagefind's marks is text, whatever it holds. */
export function marked(excerpt) {
  return excerpt.split(/<mark>|<\/mark>/).flatMap((part, index) => {
    const text = unfold(part).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    if (index % 2 === 0) return [text];
    const mark = document.createElement("mark");
    const [, before, word, after] = text.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    mark.textContent = word;
    return [before, mark, after];
  });
}

/** What is found, and for which words: those that were written, or others that come near them. */
export async function find(query, options = {}) {
  const { index, states, asking } = await load();
  const written = query.trim().replace(/\s+/g, " ");
  if (written.length < LEAST) return options.list ? list(index, states, options) : { query: "", results: [], near: [] };
  const order = await inOrder(options.sort);
  const ask = async (text, how = asked(options)) => {
    const found = await index.search(fold(text), how);
    return { ...found, results: await ranked(index, found.results, fold(text), { ...how, order, states }) };
  };
  const number = numberOf(written);
  if (number && !options.mentions) {
    const exact = await index.search(`"nr${fold(number)}nr"`, { filters: options.filters ?? {} });
    if (exact.results.length) return { ...exact, query: written, number, near: [] };
  }
  let doubtful = false;
  const wanted = subject(written, asking);
  for (const text of spellings(wanted)) {
    const found = await ask(text);
    if (!found.results.length) continue;
    if (await holds(found.results, text)) return { ...found, query: written, near: [] };
    doubtful ||= (await holds(found.results, text, alike)) && found;
  }
  if (!options.withdrawn && !doubtful) {
    const found = await ask(wanted, asked({ ...options, withdrawn: true }));
    if (await holds(found.results, wanted)) return { ...found, query: written, near: [], onlyWithdrawn: true };
  }
  const { nearest } = await import("./search_near.js");
  const near = await nearest(wanted, folder, async (text) => {
    const found = await ask(text);
    return (await holds(found.results, text)) ? found.results.length : 0;
  });
  if (!near.length) return { ...(doubtful || { results: [] }), query: written, near };
  return { ...(await ask(near[0])), query: written, other: near[0], near };
}

/** Every document that is not left out by the filters. */
async function list(index, states, options) {
  const { filters } = asked(options);
  const wanted = Object.values(states).filter((state) => options.withdrawn || state !== "withdrawn");
  const found = await index.search(null, { filters: { ...filters, state: { any: wanted } } });
  const results = found.results.sort(await inOrder(ORDERS.includes(options.sort) ? options.sort : "title"));
  return { ...found, results, totalFilters: await index.filters(), query: "", near: [], listed: true };
}

/** What is asked about: a question without the words that only make it one, and without signs between words. */
function subject(text, asking) {
  const words = text.replace(/\?+$/, "").split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.filter((word) => !asking.includes(word.toLowerCase())).join(" ") || text;
}

/** Whether the best results have all these words in some form. Pagefind also takes words that only begin like them. */
async function holds(results, text, test = same) {
  const best = await Promise.all(results.slice(0, 3).map((result) => result.data()));
  const marked_ = (data) => data.locations.map((at) => data.content.split(" ")[at] ?? "");
  const there = plain(best.flatMap((data) => [...Object.values(data.meta), ...marked_(data)]).join(" ")).split(" ");
  const words = plain(text).split(" ").filter((word) => word.length >= SHORT && !/\d/.test(word));
  return best.length > 0 && words.every((word) => there.some((other) => test(word, other)));
}

/** A form of the word, a compound with it, or the first word of a compound that it is. */
function same(word, other) {
  if (word.length <= WHOLE) return other.startsWith(word);
  return other.includes(word.slice(0, Math.ceil(word.length * 0.6))) || (other.length > 4 && word.startsWith(other));
}

function alike(word, other) {
  return other.startsWith(word.slice(0, 5));
}

function plain(text) {
  return fold(unfold(text)).normalize("NFD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();
}

/** How many results each filter has, of all documents. */
export async function everyFilter() {
  return (await load()).index.filters();
}

function asked({ filters = {}, withdrawn }) {
  return { filters: { ...filters, ...(withdrawn ? {} : { none: [{ state: "withdrawn" }] }) } };
}

/** A document's number, a case's or a section of an act without signs, if the words are one: HR-012, hr 012 and hr12 alike. */
function numberOf(text) {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").replace(/(?<!\d)0+(?=\d)/g, "");
  const one = text.includes("§") || !/\s\S+\s/.test(text);
  return plain.length <= LONGEST && /\d/.test(plain) && one ? plain : "";
}

/** Without the letters ø, å and æ people write oe, aa and ae. */
function* spellings(text) {
  yield text;
  const other = text.replace(/oe/gi, "o").replace(/aa/gi, "a");
  if (other !== text) yield other;
}
