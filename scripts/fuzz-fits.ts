// Command: node scripts/fuzz-fits.ts [--count 20000] [--seed 31] [--first 0]. Reads damaged FITS files and watches that each
// is refused by type or gives data of the right shape, within 2 s and 512 MB. --first N --count 1 repeats one of them.
import { argv, exit, memoryUsage } from 'node:process';
import { parseArgs } from 'node:util';
import { randomStream } from '../src/core/random/philox.ts';
import { mutated, outcomeOf, smallFiles } from '../tests/core/fits/mutate-fits.ts';

const LONGEST_MS = 2000;
const MOST_BYTES = 512e6;

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '31' },
    first: { type: 'string', default: '0' },
  },
});
const [count, seed, first] = [Number(values.count), Number(values.seed), Number(values.first)];
const files = await smallFiles();
const kinds = new Map<string, number>();
const base = memoryUsage().rss;
let longestMs = 0;
let mostBytes = 0;
let broken = 0;
for (let i = first; i < first + count; i++) {
  const random = randomStream(seed, i);
  const bytes = mutated(files[i % files.length]!, random);
  const start = performance.now();
  try {
    for (const kind of await outcomeOf(bytes, random)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  } catch (thrown) {
    broken++;
    console.error(`file ${i}:`, thrown);
  }
  const ms = performance.now() - start;
  const used = memoryUsage().rss - base;
  if (ms > LONGEST_MS || used > Math.max(MOST_BYTES, mostBytes)) {
    console.error(`file ${i}: ${ms.toFixed(0)} ms, ${(used / 1e6).toFixed(0)} MB above the base`);
    broken++;
  }
  longestMs = Math.max(longestMs, ms);
  mostBytes = Math.max(mostBytes, used);
}
console.log(
  `${count} files, seed ${seed}: ${broken} broken; longest ${longestMs.toFixed(0)} ms; most ${(mostBytes / 1e6).toFixed(0)} MB above the base`,
);
for (const [kind, times] of [...kinds].sort((a, b) => b[1] - a[1])) console.log(`  ${kind}: ${times}`);
exit(broken === 0 ? 0 : 1);
