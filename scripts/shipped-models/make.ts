/**
 * Makes the models that ship, from nothing: simulates the sky, trains them and what they are compared with under three
 * seeds, scores every test row by each, and writes the comparison into their cards.
 *
 *   node scripts/shipped-models/make.ts FOLDER [--at-once N] [--stop-after SECONDS] [--until simulate|train|score]
 *                                              [--machine TEXT]
 *
 * Started again it goes on: fields, models and scores that are there stay, and a training goes on from its last whole
 * epoch. After `--stop-after` no training goes on, and what is finished is scored. Some two hours of processor time.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { availableParallelism, cpus, setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureSimulatedFields } from '../../src/services/experiments/experiment-data.ts';
import { planFields } from '../../src/services/simulation/field-plan.ts';
import { writeComparison } from './comparison.ts';
import type { Sky, Training } from './plan.ts';
import { simulateCommand, TEST_SKY, TRAIN_SKY, TRAININGS } from './plan.ts';

const STEPS = ['simulate', 'train', 'score', 'compare'] as const;
type Step = (typeof STEPS)[number];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'at-once': { type: 'string', default: String(Math.max(1, availableParallelism() >> 1)) },
    'stop-after': { type: 'string', default: 'Infinity' },
    until: { type: 'string', default: 'compare' satisfies Step },
    machine: { type: 'string', default: `${availableParallelism()} processor cores` },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Give a folder.');
const last = STEPS.findIndex((step) => step === values.until);
if (last < 0) throw new Error(`--until is one of ${STEPS.join(', ')}.`);
const isAsked = (step: Step): boolean => STEPS.indexOf(step) <= last;
const atOnce = Number(values['at-once']);
const stopAfterSeconds = Number(values['stop-after']);
const cores = availableParallelism();

const say = (text: string): void => console.log(`${performance.now().toFixed(0).padStart(8)} ms  ${text}`);
const [trainFolder, testFolder] = [join(folder, 'train'), join(folder, 'test')];
const logFolder = join(folder, 'logs');

/** Runs a program of ours to its end, its words into a log of its own. */
async function run(
  name: string,
  args: readonly string[],
  { children, niceness = 0 }: { children?: Set<ChildProcess>; niceness?: number } = {},
): Promise<void> {
  const log = await open(join(logFolder, `${name}.log`), 'a');
  const child = spawn(process.execPath, args, { stdio: ['ignore', log.fd, log.fd] });
  if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
  children?.add(child);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  children?.delete(child);
  await log.close();
  say(`${name}: ${code === 0 ? 'done' : `ended with ${code ?? 'a signal'}`}`);
}

function trainArguments({ variant, seed, modelId, isShipped }: Training): string[] {
  const words = `simulated sky: ${TRAIN_SKY.fields} fields of \`${simulateCommand(TRAIN_SKY, 'train')}\``;
  const tested = `, tested on ${TEST_SKY.fields} of \`${simulateCommand(TEST_SKY, 'test')}\``;
  // Two threads share a step well; those that ship get four, to be there first.
  const threads = Math.min(cores, isShipped ? 4 : 2);
  return [
    join(import.meta.dirname, '../../src/cli/index.ts'),
    ...['train', '--recipe', variant.recipe, '--data', trainFolder, '--epochs', String(variant.epochs)],
    ...['--seed', String(seed), '--threads', String(threads), '--resume', '--out', join(folder!, 'models', modelId)],
    ...(isShipped ? ['--test', testFolder] : []),
    ...['--trained-on', words + (isShipped ? tested : '')],
  ];
}

async function trainAll(): Promise<void> {
  const left = TRAININGS.filter(({ modelId }) => !existsSync(join(folder!, 'models', modelId)));
  const children = new Set<ChildProcess>();
  const stop = (): void => {
    left.length = 0;
    for (const child of children) child.kill('SIGKILL');
  };
  const remaining = stopAfterSeconds * 1000 - performance.now();
  const timer = Number.isFinite(remaining) ? setTimeout(stop, Math.max(0, remaining)) : undefined;
  const work = async (): Promise<void> => {
    for (let training = left.shift(); training !== undefined; training = left.shift()) {
      // What is only compared with makes room for what ships.
      await run(training.modelId, trainArguments(training), { children, niceness: training.isShipped ? 0 : 5 });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  clearTimeout(timer);
}

async function scoreAll(): Promise<void> {
  const { seed, fields, sizePix } = TEST_SKY;
  const names = planFields(seed, fields, sizePix).map(({ name }) => name);
  const score = (name: string): Promise<void> =>
    run(`score-${name}`, [
      join(import.meta.dirname, 'score-field.ts'),
      ...[folder!, name, String(Math.ceil(cores / names.length))],
    ]);
  if (atOnce >= names.length) await Promise.all(names.map(score));
  else for (const name of names) await score(name);
}

await mkdir(logFolder, { recursive: true });
say(`${cores} cores: ${cpus()[0]?.model ?? 'unknown'}`);
const simulate = async (sky: Sky, where: string): Promise<void> => {
  await ensureSimulatedFields(where, sky, () => undefined);
  say(`simulated: ${where}`);
};
if (cores >= TEST_SKY.fields + TRAIN_SKY.fields) {
  await Promise.all([simulate(TEST_SKY, testFolder), simulate(TRAIN_SKY, trainFolder)]);
} else {
  await simulate(TEST_SKY, testFolder);
  await simulate(TRAIN_SKY, trainFolder);
}
if (isAsked('train')) await trainAll();
if (isAsked('score')) await scoreAll();
if (isAsked('compare')) say(await writeComparison(folder, values.machine));
