import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulateTestField } from '../services/trainer/training-field.ts';
import { lobate } from './lobate.ts';

const EPOCHS = 60;
const KILLED_AFTER = 5;

let folder: string;
let dataArguments: readonly string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-killed-'));
  const { files, labels } = await simulateTestField(folder);
  if (labels.kind !== 'rows') throw new Error('labels of rows are expected');
  const names = labels.labels.physicalSource;
  const lines = names.map((name, row) => `${name},${labels.labels.labelClass[row]!}`);
  const labelled = lines.filter((line) => /,(MC|S)$/.test(line));
  writeFileSync(join(folder, 'labels.csv'), `Source_Name,label\n${labelled.join('\n')}\n`);
  dataArguments = [
    ...['--mosaic', ...files.mosaics, '--catalogue', files.catalogue, '--gaussians', files.gaussians!],
    ...['--labels', join(folder, 'labels.csv')],
  ];
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (id: string, ...more: readonly string[]): readonly string[] => [
  ...['train', '--network', 'ann-only', '--epochs', String(EPOCHS), '--batch', '8', '--augment', '1'],
  ...['--split', 'source', '--threads', '1', '--out', join(folder, id), ...dataArguments, ...more],
];

/** Epochs that a command told of, in order. */
const epochsIn = (stderr: string): number[] =>
  [...stderr.matchAll(/^epoch (\d+)\//gm)].map(([, epoch]) => Number(epoch));

/** Starts the command and kills it with SIGKILL at once when it tells of an epoch. @returns all it told before it died */
function killedAt(epoch: number, args: readonly string[]): Promise<string> {
  const entry = resolve(import.meta.dirname, '../../src/cli/index.ts');
  const child = spawn(execPath, [entry, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    told += `${line}\n`;
    if (line.startsWith(`epoch ${epoch}/`)) child.kill('SIGKILL');
  });
  return new Promise((done) => child.once('close', () => done(told)));
}

test('a training that is killed with SIGKILL loses no epoch that it told of, and resumed ends at the same weights', async () => {
  const told = epochsIn(await killedAt(KILLED_AFTER, command('killed')));
  expect(told).toContain(KILLED_AFTER);
  expect(told).not.toContain(EPOCHS);
  expect(existsSync(join(folder, 'killed'))).toBe(false);

  const resumed = lobate(...command('killed', '--resume'));
  expect(resumed.status, resumed.stderr).toBe(0);
  // Told again from the checkpoint: every epoch once, those from before the death among them.
  expect(epochsIn(resumed.stderr)).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1));
  expect(lobate(...command('whole')).status).toBe(0);
  const weightsOf = (id: string): Buffer => readFileSync(join(folder, id, 'model.onnx'));
  expect(weightsOf('killed').equals(weightsOf('whole'))).toBe(true);
  const card = readFileSync(join(folder, 'killed', 'CARD.md'), 'utf8');
  expect(card).toMatch(/60 of 60 epochs; .* of wall time over all starts/);
  expect(card).toContain('by physical source, SISG left out: train');
}, 120_000);
