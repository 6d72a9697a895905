// The place that a reviewer marked, by the number of its paragraph and by how it began.

/**
 * The block that holds the marked line, or undefined. A line is counted as the server counts it: each that says something,
 * a line break begins another. Of several that begin so it is the one nearest to where the marked one was.
 */
export function markedBlock(blocks, number, begins) {
  let found;
  let count = 0;
  for (const block of blocks) {
    for (const line of block.text.split('\n').map((text) => text.trim()).filter((text) => text !== '')) {
      count += 1;
      const away = Math.abs(count - number);
      if (block.end !== undefined && line.startsWith(begins) && (!found || away < found.away)) found = { block, away };
    }
  }
  return found?.block;
}
