import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openNetworkSession } from '../../src/services/inference/onnx-session.ts';
import { loadModel } from '../../src/services/model-store/load-model.ts';
import type { CommandResult } from './lobate.ts';
import { lobate } from './lobate.ts';

/** scripts/fixtures/make_pytorch_export.py: the network written and exported in PyTorch, and its float64 probabilities. */
const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures', name));
const { rows, probabilities } = JSON.parse(fixture('pytorch_compact.json').toString()) as {
  rows: number;
  probabilities: number[];
};
const GOLDEN = 0.6180339887498949;
const spread = (count: number, scale: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => (((index + 1) * GOLDEN) % 1) * scale);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-pytorch-'));
  vi.stubEnv('LOBATE_DATA', join(folder, 'data'));
  writeFileSync(join(folder, 'net.onnx'), gunzipSync(fixture('pytorch_compact.onnx.gz')));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const importWith = (recipe: string): CommandResult =>
  lobate('models', 'import', join(folder, 'net.onnx'), '--recipe', recipe);

test('weights that PyTorch exported as another network are refused in one sentence', () => {
  const result = importWith('cnn-only');
  expect(result.status).not.toBe(0);
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
});

test('an ONNX file that PyTorch wrote is imported and gives its float64 probabilities to 1e-5', async () => {
  const result = importWith('compact');
  expect(result.stderr + result.stdout).toContain('net');
  expect(result.status).toBe(0);
  const session = await openNetworkSession(await loadModel('net', [join(folder, 'data/models')]));
  const given = await session.probabilities({
    rowCount: rows,
    images: spread(rows * 3 * 128 * 128, 1),
    features: spread(rows * 32, 4).map((value) => value - 2),
  });
  await session.close();
  probabilities.forEach((expected, row) => expect(Math.abs(given[row]! - expected)).toBeLessThan(1e-5));
});
