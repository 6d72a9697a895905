// What differs between two sequences, and a merge of three. Plain functions over arrays.

/** More edits than this between two sequences are not worth the time: the middle is then shown as replaced. */
const MOST_EDITS = 2_000;

/** Pairs `[i, j]` of equal items, longest common subsequence (Myers, greedy), after equal ends are cut off. */
export function matches(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const found = [];
  for (let i = 0; i < start; i += 1) found.push([i, i]);
  for (const [i, j] of middle(a.slice(start, a.length - end), b.slice(start, b.length - end))) found.push([i + start, j + start]);
  for (let i = end; i > 0; i -= 1) found.push([a.length - i, b.length - i]);
  return found;
}

function middle(a, b) {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return [];
  const trace = [];
  let reach = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(n + m, MOST_EDITS); d += 1) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1));
      let x = down ? at(reach, k + 1) : at(reach, k - 1) + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x += 1;
      reach.set(k, x);
      if (x >= n && x - k >= m) return walkBack(trace, n, m);
    }
  }
  return [];
}

const at = (reach, k) => (reach.has(k) ? reach.get(k) : -1);

function walkBack(trace, n, m) {
  const found = [];
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1));
    const before = down ? k + 1 : k - 1;
    const startX = at(reach, before);
    const startY = startX - before;
    while (x > startX && y > startY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      found.push([x, y]);
    }
    x = startX;
    y = startY;
  }
  return found.reverse();
}

/** `[{ kind: 'same' | 'gone' | 'new', items }]`, gone before new. */
export function difference(a, b) {
  const parts = [];
  const add = (kind, items) => {
    if (items.length === 0) return;
    const last = parts[parts.length - 1];
    if (last && last.kind === kind) last.items.push(...items);
    else parts.push({ kind, items: [...items] });
  };
  let i = 0;
  let j = 0;
  for (const [x, y] of [...matches(a, b), [a.length, b.length]]) {
    add('gone', a.slice(i, x));
    add('new', b.slice(j, y));
    if (x < a.length) add('same', [a[x]]);
    i = x + 1;
    j = y + 1;
  }
  return parts;
}

/** A text in pieces that are compared as one: Latin words and numbers whole, everything else by the character. */
export function pieces(text) {
  return text.match(/[A-Za-z]+|[0-9]+(?:\.[0-9]+)?|[\s\S]/gu) || [];
}

/** The difference of two texts as `[{ kind, text }]`. */
export function textDifference(a, b) {
  return difference(pieces(a), pieces(b)).map(({ kind, items }) => ({ kind, text: items.join('') }));
}

/**
 * Merges two descendants of `base`. Chunks: `{ kind, base, mine, theirs }` with kind `same`, `mine` (only mine
 * changed), `theirs`, `both` (changed alike) or `clash`.
 */
export function merge(base, mine, theirs) {
  const toMine = new Map(matches(base, mine));
  const toTheirs = new Map(matches(base, theirs));
  const chunks = [];
  let [b, m, t] = [0, 0, 0];
  for (let next = 0; next <= base.length; next += 1) {
    const isAnchor = next === base.length || (toMine.has(next) && toTheirs.has(next));
    if (!isAnchor) continue;
    const [endMine, endTheirs] = next === base.length ? [mine.length, theirs.length] : [toMine.get(next), toTheirs.get(next)];
    addChunk(chunks, base.slice(b, next), mine.slice(m, endMine), theirs.slice(t, endTheirs));
    if (next < base.length) addChunk(chunks, [base[next]], [mine[endMine]], [theirs[endTheirs]]);
    [b, m, t] = [next + 1, endMine + 1, endTheirs + 1];
  }
  return chunks;
}

function addChunk(chunks, base, mine, theirs) {
  if (base.length + mine.length + theirs.length === 0) return;
  // Neighbours changed by one each, paragraph for paragraph, are looked at one by one.
  if (base.length > 1 && base.length === mine.length && base.length === theirs.length) {
    base.forEach((item, i) => addChunk(chunks, [item], [mine[i]], [theirs[i]]));
    return;
  }
  const kind = kindOf(base, mine, theirs);
  const last = chunks[chunks.length - 1];
  if (kind === 'same' && last && last.kind === 'same') {
    last.base.push(...base);
    last.mine.push(...mine);
    last.theirs.push(...theirs);
  } else chunks.push({ kind, base: [...base], mine: [...mine], theirs: [...theirs] });
}

function kindOf(base, mine, theirs) {
  const same = (a, b) => a.length === b.length && a.every((item, i) => item === b[i]);
  const mineKept = same(base, mine);
  const theirsKept = same(base, theirs);
  if (mineKept && theirsKept) return 'same';
  if (mineKept) return 'theirs';
  if (theirsKept) return 'mine';
  return same(mine, theirs) ? 'both' : 'clash';
}
