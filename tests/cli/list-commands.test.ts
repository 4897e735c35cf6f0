import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Command } from 'commander';
import { registerClassify } from '../../src/cli/commands/classify.ts';
import { registerMerge } from '../../src/cli/commands/merge.ts';
import { registerReplay } from '../../src/cli/commands/replay.ts';
import type { CommandIo } from '../../src/cli/io.ts';
import { describeError } from '../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../src/core/result/failure.ts';
import { findColumn, numbersOf, textsOf } from '../../src/core/table/table.ts';
import { splitText } from '../../src/services/model-store/training-split.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { lobate } from './lobate.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

async function run(...parameters: string[]): Promise<string[]> {
  const out: string[] = [];
  const io: CommandIo = {
    out: (text) => out.push(text),
    note: () => undefined,
    json: (value) => out.push(JSON.stringify(value)),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [registerClassify, registerMerge, registerReplay]) register(program, io);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(parameters, { from: 'user' });
  return out;
}

async function refusal(...parameters: string[]): Promise<string> {
  try {
    await run(...parameters);
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error !== undefined) return describeError(error).replaceAll(`${folder}/`, '');
    throw thrown;
  }
  throw new Error('nothing was refused');
}

/** P(MC) that half of the rows reach, whatever the model of the day says of them. */
let middle: string;

/** A field of two mosaics that show the same sky; every other row names the second. */
beforeAll(async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1790000000');
  folder = mkdtempSync(join(tmpdir(), 'lobate-lists-'));
  mkdirSync(file('data'));
  const { mosaics, catalogue } = writeSmallField(file('data'));
  copyFileSync(mosaics[0]!, file('data/second-mosaic.fits'));
  const table = await readTableFile(catalogue);
  const columns = table.columns.map((column) =>
    column.name === 'Mosaic_ID'
      ? { ...column, data: (column.data as readonly string[]).map((id, row) => (row % 2 === 0 ? id : 'second')) }
      : column,
  );
  await writeTableFile(file('data/two.srl.fits'), { ...table, columns });
  await classify('--out', file('all.fits'));
  const { data } = (await readTableFile(file('all.fits'))).columns.find(({ name }) => name === 'mc_probability')!;
  const scores = (data as Float64Array).filter((p) => !Number.isNaN(p)).sort();
  middle = String(scores[scores.length >> 1]);
});
afterAll(() => {
  vi.unstubAllEnvs();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

/** On the processor, as `replay` does: looking for another device would take as long as the rest. */
const classify = (...more: string[]): Promise<string[]> => {
  const field = ['--mosaic', file('data/*-mosaic.fits'), '--catalogue', file('data/two.srl.fits')];
  return run('classify', ...field, '--device', 'cpu', ...more);
};

describe('a run in parts', () => {
  test('gives, merged, the very bytes of one run', async () => {
    for (const [ending, options] of [
      ['fits', []],
      ['vot', ['--rows', 'flagged', '--threshold', middle]],
      ['csv', ['--columns', 'paper']],
    ] as const) {
      await classify('--out', file(`one.${ending}`), ...options);
      for (const i of ['1', '2', '3']) await classify('--shard', `${i}/3`, '--out', file(`${i}.fits`), ...options);
      await run('merge', file('2.fits'), file('3.fits'), file('1.fits'), '--out', file(`merged.${ending}`));
      expect(readFileSync(file(`merged.${ending}`)).equals(readFileSync(file(`one.${ending}`))), ending).toBe(true);
    }
  }, 120_000);

  test('is not merged while a part is missing, twice there, or of another run', async () => {
    const parts = [file('1.fits'), file('2.fits'), file('3.fits')];
    const out = ['--out', file('none.fits')];
    expect(await refusal('merge', ...parts.slice(1), ...out)).toBe('parts: 1/3 missing.');
    expect(await refusal('merge', ...parts, parts[0]!, ...out)).toContain('is part 1/3, and so is 1.fits');
    await classify('--shard', '1/3', '--threshold', '0.9', '--out', file('other.fits'));
    expect(await refusal('merge', file('other.fits'), ...parts.slice(1), ...out)).toContain('belongs to another run');
    expect(await refusal('merge', file('one.fits'), ...out)).toContain('is not a part written by');
  }, 60_000);

  test('wants i of n, and a FITS file', async () => {
    await expect(classify('--shard', '4/3', '--out', file('x.fits'))).rejects.toThrow('as in 3/20');
    await expect(classify('--shard', '1/3', '--out', file('x.csv'))).rejects.toThrow();
  });
});

describe('lobate replay', () => {
  test.each(['fits', 'vot', 'ecsv', 'parquet', 'csv'])(
    'says that an untouched list is identical: %s',
    async (ending) => {
      const list = file(`list.${ending}`);
      await classify('--rows', 'flagged', '--threshold', middle, '--out', list);
      expect(await run('replay', list, '--in', file('data'))).toEqual([
        expect.stringMatching(/^identical: [1-9]\d* rows/),
      ]);
    },
    60_000,
  );

  test('a list made with thresholds of the SISG gate of its own says so, names what computed it, and is identical', async () => {
    const list = file('gated.fits');
    await classify('--sisg', '9.5,30,2', '--out', list);
    expect(await run('replay', list, '--in', file('data'))).toEqual([expect.stringMatching(/^identical: \d+ rows/)]);
    const { entries = [] } = await readTableFile(list);
    const told = (keyword: string): unknown => entries.find((entry) => entry.name === keyword)?.value;
    expect(told('LBSISG')).toContain('Maj < 9.5 arcsec; no other source within 30 arcsec; at most 2 Gaussian');
    expect(told('LBDEVICE')).toMatch(/^CPU \(.+\)$/);
  });

  test.each(['15', '15,45,1,2', '15,-1,1', '15,45,0.5', 'a,b,c'])('thresholds %s are refused', async (text) => {
    await expect(classify('--sisg', text, '--out', file('never.fits'))).rejects.toThrow(/as in 15,45,1/);
  });

  test('lists what differs in one that was touched, and ends with 1', async () => {
    const table = await readTableFile(file('list.fits'));
    const columns = table.columns.map((column) =>
      column.name === 'mc_probability'
        ? { ...column, data: (column.data as Float64Array).map((p) => p + 0.25) }
        : column,
    );
    await writeTableFile(file('touched.fits'), { ...table, columns });
    const out = await run('replay', file('touched.fits'), '--in', file('data'));
    expect(out[0]).toMatch(/^mc_probability, row 0: .* where the file has /);
    expect(process.exitCode).toBe(1);
    expect(lobate('replay', file('touched.fits'), '--in', file('data')).status).toBe(1);
  }, 60_000);

  test('with an input that has changed since, it says so and lists what comes out of it now', async () => {
    await classify('--out', file('then.fits'));
    mkdirSync(file('changed'));
    copyFileSync(file('data/two.srl.fits'), file('changed/two.srl.fits'));
    for (const name of ['small-mosaic.fits', 'second-mosaic.fits']) {
      const bytes = readFileSync(file(`data/${name}`));
      // Every second pixel is blank now: no window is what it was.
      for (let at = 2880; at + 8 <= bytes.length; at += 8) bytes.writeFloatBE(Number.NaN, at);
      writeFileSync(file(`changed/${name}`), bytes);
    }
    const out = await run('replay', file('then.fits'), '--in', file('changed'));
    expect(out.slice(0, 2)).toEqual(
      ['second', 'small'].map(
        (name) => `mosaic ${file(`changed/${name}-mosaic.fits`)}: has changed since the list was written`,
      ),
    );
    expect(out.join('\n')).toMatch(/mc_probability, row \d+: /);
    expect(out.join('\n')).toMatch(/valid_fraction, row \d+: /);
    expect(process.exitCode).toBe(1);
  }, 60_000);

  test('makes labels and the model’s own training again beside each row, also merged from parts', async () => {
    cpSync(resolve(import.meta.dirname, '../../models/compact-sim-4'), file('models/tuned'), { recursive: true });
    const { columns } = await readTableFile(file('data/two.srl.fits'));
    const named = (name: string) => columns.find((column) => column.name === name)!;
    const [raDeg, decDeg] = ['RA', 'DEC'].map((name) => numbersOf(named(name))!);
    const name = textsOf(named('Source_Name'))!;
    const codes = name.map((_, row) => row % 4);
    writeFileSync(file('models/tuned/split.csv'), splitText({ name, raDeg: raDeg!, decDeg: decDeg! }, codes));
    writeFileSync(file('data/labels.csv'), 'Source_Name,label\nILTJ small 0,MC\nILTJ small 1,S\n');
    const options = ['--model', file('models/tuned'), '--labels', file('data/labels.csv'), '--columns', 'paper'];

    await classify('--out', file('paper.fits'), ...options);
    const list = await readTableFile(file('paper.fits'));
    expect([...numbersOf(findColumn(list, 'mc_dl_dataset')!)!]).toEqual(codes);
    expect([...numbersOf(findColumn(list, 'multi_component')!)!].slice(0, 3)).toEqual([1, 0, Number.NaN]);
    const models = ['--models', file('models')];
    expect((await run('replay', file('paper.fits'), '--in', file('data'), ...models))[0]).toContain('identical');

    for (const i of ['1', '2']) await classify('--shard', `${i}/2`, '--out', file(`${i}.fits`), ...options);
    await run('merge', file('1.fits'), file('2.fits'), '--out', file('merged.fits'));
    expect(readFileSync(file('merged.fits')).equals(readFileSync(file('paper.fits')))).toBe(true);
  }, 120_000);

  test('finds inputs by what they hold, whatever they are called now', async () => {
    mkdirSync(file('moved/deep'), { recursive: true });
    copyFileSync(file('data/two.srl.fits'), file('moved/renamed.fits'));
    copyFileSync(file('data/small-mosaic.fits'), file('moved/deep/small-mosaic.fits'));
    copyFileSync(file('data/second-mosaic.fits'), file('moved/deep/second-mosaic.fits'));
    expect((await run('replay', file('list.fits'), '--in', file('moved')))[0]).toContain('identical');
    renameSync(file('moved/renamed.fits'), file('renamed.fits'));
    expect(await refusal('replay', file('list.fits'), '--in', file('moved'))).toContain('catalogue two.srl.fits');
  }, 60_000);

  test('refuses a table that does not say how it was made', async () => {
    expect(await refusal('replay', file('data/two.srl.fits'))).toContain('is not a list that says how Lobate made it');
  });
});
