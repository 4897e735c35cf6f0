// Command: node scripts/published/compare-probabilities.ts FOLDER [--part held-out] [--rows 256] [--device cpu]
// P(MC) that onnxruntime gives for trained.onnx, read by the importer, against what PyTorch gave for the same tensors.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { providerName } from '../../src/contract/device-schemas.ts';
import { recipeOf } from '../../src/core/network/presets.ts';
import { openNetworkSession } from '../../src/services/inference/onnx-session.ts';
import { importOnnx } from '../../src/services/model-import/import-onnx.ts';
import { loadModel } from '../../src/services/model-store/load-model.ts';

const BATCH = 32;
/** What the two frameworks may differ by, in probability. */
const TOLERANCE = 1e-5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: 'string', default: 'held-out' },
    rows: { type: 'string', default: '256' },
    device: { type: 'string', default: 'cpu' },
    recipe: { type: 'string', default: 'published-2024' },
  },
});
const folder = positionals[0]!;

/** The first values of a `.npy` file that this folder's scripts wrote: float32, in C order. */
async function firstOf(tensor: string, count: number): Promise<Float32Array> {
  const file = await open(join(folder, `${values.part}.${tensor}.npy`));
  try {
    const { buffer: head } = await file.read(new Uint8Array(10), 0, 10, 0);
    const start = 10 + new DataView(head.buffer).getUint16(8, true);
    const bytes = new Uint8Array(count * 4);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return new Float32Array(bytes.buffer, 0, Math.floor(bytesRead / 4));
  } finally {
    await file.close();
  }
}

const expected = await firstOf('probability', Number(values.rows));
const rowCount = expected.length;
const models = await mkdtemp(join(tmpdir(), 'published-'));
try {
  const { id } = await importOnnx({
    onnxPath: join(folder, 'trained.onnx'),
    recipe: recipeOf(values.recipe),
    modelId: 'published-trained',
    modelFolder: models,
    models: [],
    trainedOn: 'tensors of this program, by PyTorch',
    softwareVersion: '',
    createdAt: new Date().toISOString(),
  });
  const model = await loadModel(id, [models]);
  const { channels, sidePix } = model.description.recipe.cutout;
  const pixels = channels.length * sidePix * sidePix;
  const featureCount = model.description.featureNames.length;
  const images = await firstOf('images', rowCount * pixels);
  const features = await firstOf('features', rowCount * featureCount);
  const session = await openNetworkSession(model, { provider: providerName.parse(values.device) });
  let largest = 0;
  for (let from = 0; from < rowCount; from += BATCH) {
    const to = Math.min(from + BATCH, rowCount);
    const probabilities = await session.probabilities({
      rowCount: to - from,
      images: images.subarray(from * pixels, to * pixels),
      features: features.subarray(from * featureCount, to * featureCount),
    });
    probabilities.forEach((p, k) => (largest = Math.max(largest, Math.abs(p - expected[from + k]!))));
  }
  await session.close();
  console.log(`${values.device}: ${rowCount} rows, largest difference in probability ${largest.toExponential(2)}`);
  if (!(largest <= TOLERANCE)) process.exitCode = 1;
} finally {
  await rm(models, { recursive: true, force: true });
}
