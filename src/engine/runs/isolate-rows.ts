/** More trials than these mean that the batch is not the cause: three bad rows of 1024 need about 50. */
const MOST_TRIALS = 96;

/**
 * Finds the rows of a batch that kill the worker, by trying halves of halves: a bad row among 1024 takes about 20 trials
 * instead of 1024.
 * @param rows rows of the batch
 * @param survives computes the batch with only these rows, the others answered unseen; false when the worker dies
 * @returns the rows that kill it alone; undefined where so many trials died that something else must be wrong
 */
export async function isolateRows(
  rows: readonly number[],
  survives: (tried: readonly number[]) => Promise<boolean>,
): Promise<readonly number[] | undefined> {
  const culprits: number[] = [];
  const suspects: (readonly number[])[] = rows.length === 1 ? [rows] : halvesOf(rows);
  let trials = 0;
  for (let group = suspects.pop(); group !== undefined; group = suspects.pop()) {
    if (trials === MOST_TRIALS) return undefined;
    trials++;
    if (await survives(group)) continue;
    if (group.length === 1) culprits.push(group[0]!);
    else suspects.push(...halvesOf(group));
  }
  return culprits.sort((a, b) => a - b);
}

function halvesOf(rows: readonly number[]): (readonly number[])[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)].filter((half) => half.length > 0);
}
