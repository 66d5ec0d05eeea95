// The order of what was found: documents before other pages, the words themselves before words that only begin so.

const WORTH = { title: 3, called: 2.75, also: 2, act: 1 }; // what a word counts for, by where it stands
const TEXT = 1, BEGINS = 0.9, MEANS = 0.5;
const MOST = 8; // words
const SHORTEST = 4; // letters of a word that stands in for a longer one

let documents;

/** The results of a search for this text, the best first, and other pages than documents last. */
export async function ranked(index, results, text, { filters, order, states }) {
  documents ??= await documentsOf(index, states);
  const worth = new Map();
  if (!order) for (const word of words(text)) await weigh(index, word, filters, worth);
  const best = (a, b) => worth.get(b.id) - worth.get(a.id) || b.score - a.score || (a.id < b.id ? -1 : 1);
  for (const { id } of results) if (!worth.has(id)) worth.set(id, 0);
  const kept = [...results].sort(order ?? best);
  return [...kept.filter(({ id }) => documents.has(id)), ...kept.filter(({ id }) => !documents.has(id))];
}

async function documentsOf(index, states) {
  const { results } = await index.search(null, { filters: { state: { any: Object.values(states) } } });
  return new Set(results.map(({ id }) => id));
}

function words(text) {
  const found = text.split(" ").map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, ""));
  return [...new Set(found.filter(Boolean))].slice(0, MOST);
}

/** Add what a word is worth in each page: the more, the fewer pages have it. */
async function weigh(index, word, filters, worth) {
  const exact = await itself(index, word, filters);
  const rare = Math.log(1 + documents.size / Math.max(exact.length, 1));
  const add = (id, most) => worth.set(id, (worth.get(id) ?? 0) + most * rare);
  const { results } = await index.search(word, { filters });
  const begun = new Map(results.map(({ id, matchedMetaFields }) => [id, matchedMetaFields]));
  for (const { id, matchedMetaFields = [], words: places } of exact) {
    // An exact search tells of one field that has the word, whichever, and of none where the text has it too.
    const fields = [...matchedMetaFields, ...(begun.get(id) ?? [])];
    const named = Math.max(0, ...fields.map((field) => WORTH[field] ?? 0));
    add(id, places.length || !fields.length ? Math.max(TEXT, named) : named || MEANS);
    begun.delete(id);
  }
  if (word.length <= SHORTEST) return;
  for (const [id, fields] of begun) if (fields?.includes("title")) add(id, BEGINS);
}

/** The pages that have a form of the word; where none has, those with the longest word that it begins with. */
async function itself(index, word, filters) {
  const least = Math.max(SHORTEST, Math.ceil(word.length / 2));
  for (let length = word.length; length >= Math.min(least, word.length); length--) {
    const { results } = await index.search(`"${word.slice(0, length)}"`, { filters });
    if (results.length) return results;
  }
  return [];
}
