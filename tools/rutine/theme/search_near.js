// Words of the handbook that come near a word that it does not hold. Asked for only when nothing was found.

const ENOUGH = 3; // suggestions
const TWO = 8; // letters of a word in which two may be wrong
let words;

/** Queries like this one that lead somewhere, the nearest first. `count` tells how many results a text has. */
export async function nearest(query, folder, count) {
  words ??= load(new URL("near.bin", folder));
  const known = await words;
  const parts = query.split(" ");
  const unknown = [];
  for (const [at, part] of parts.entries()) if (!(await count(part))) unknown.push(at);
  if (!unknown.length) return fewer(parts, count);
  const found = unknown.map((at) => similar(bare(parts[at]), known));
  const others = parts.filter((_, at) => !unknown.includes(at));
  const suggestions = [];
  for (let rank = 0; rank < ENOUGH; rank++) {
    const words_ = parts.map((part, at) => {
      const own = found[unknown.indexOf(at)];
      return own ? (own[Math.min(rank, own.length - 1)] ?? "") : part;
    });
    const text = words_.filter(Boolean).join(" ");
    if (text && !suggestions.includes(text) && (await count(text))) suggestions.push(text);
  }
  if (!suggestions.length && others.length && (await count(others.join(" ")))) suggestions.push(others.join(" "));
  return suggestions;
}

async function load(address) {
  const packed = (await fetch(address)).body.pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(packed).text()).split("\n").map((word) => [word, bare(word)]);
}

/** Without one of the words there may be something. */
async function fewer(parts, count) {
  const texts = parts.map((_, at) => parts.filter((_, other) => other !== at).join(" ")).filter(Boolean);
  const counts = await Promise.all(texts.map(count));
  const few = (a, b) => counts[texts.indexOf(a)] - counts[texts.indexOf(b)];
  return texts.filter((_, at) => counts[at]).sort(few).slice(0, ENOUGH);
}

/** A word in plain letters: what is heard or written alike falls together. */
function bare(word) {
  const plain = word.toLowerCase().replace(/ø|ö|oe/g, "o").replace(/æ|ä|ae/g, "e").replace(/å|aa/g, "a");
  return plain.normalize("NFD").replace(/\p{M}/gu, "");
}

function similar(word, known) {
  const most = word.length < TWO ? 1 : 2;
  const found = [];
  for (const [at, [shown, plain]] of known.entries()) {
    if (Math.abs(plain.length - word.length) > most) continue;
    const steps = distance(word, plain, most);
    if (steps <= most) found.push({ shown, at, steps: steps + (plain[0] === word[0] ? 0 : 0.5) });
  }
  const best = Math.min(...found.map(({ steps }) => Math.ceil(steps)));
  const close = found.filter(({ steps }) => steps <= best).sort((a, b) => a.steps - b.steps || a.at - b.at);
  return close.slice(0, ENOUGH).map(({ shown }) => shown);
}

/** How many letters must be changed, put in, left out or exchanged with their neighbour, counted up to `most`. */
function distance(a, b, most) {
  let before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2] + 1);
      row.push(steps);
      least = Math.min(least, steps);
    }
    if (least > most) return least;
    [before, last] = [last, row];
  }
  return last[b.length];
}
