import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { inferenceModel } from '../../../src/core/network/inference-graph.ts';
import { OnnxGraph } from '../../../src/core/network/onnx-graph.ts';
import { initialParameters } from '../../../src/core/network/parameters.ts';
import { inputShapeOf, recipeForNetwork } from '../../../src/core/network/presets.ts';
import { joinChunks, ProtobufWriter } from '../../../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { drawnInput } from '../../../src/services/inference/drawn-input.ts';
import { networkSessionOf, openNetworkSession } from '../../../src/services/inference/onnx-session.ts';
import { importOnnx } from '../../../src/services/model-import/import-onnx.ts';
import { exportModel, importArchive, isModelArchive } from '../../../src/services/model-import/model-archive.ts';
import { listModels, loadModel } from '../../../src/services/model-store/load-model.ts';

// The smallest network that a recipe describes.
const recipe = recipeForNetwork('ann-only');
const featureNames = featureNamesOf(recipe.features);
const shape = inputShapeOf(recipe, featureNames.length);
const network = describeNetwork('ann-only', shape);
const parameters = initialParameters(network, 7);
const file = Buffer.from(joinChunks(inferenceModel(network, parameters)));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function importBytes(bytes: Uint8Array, id = 'foreign') {
  const onnxPath = join(folder, 'given.onnx');
  writeFileSync(onnxPath, bytes);
  const request = { trainedOn: 'a test', softwareVersion: '0.0.0', createdAt: '2026-01-01T00:00:00.000Z' };
  return importOnnx({ onnxPath, recipe, modelId: id, modelFolder: join(folder, 'models'), models: [], ...request });
}

async function sentenceOf(promise: Promise<unknown>): Promise<string> {
  const error = domainErrorOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
  return error === undefined ? 'nothing was refused' : describeError(error);
}

/** A feed-forward graph over the features that ends in two probabilities. */
function graphWith(build: (graph: OnnxGraph) => string): Buffer {
  const graph = new OnnxGraph();
  for (const { name, shape: axes } of parameters.tensors) graph.weights(name, axes, parameters.view(name));
  graph.operator('Softmax', [build(graph)], { axis: 1 }, { output: 'probabilities' });
  graph.output('probabilities', ['N', 2]);
  return Buffer.from(joinChunks(graph.modelChunks()));
}

/** The layers of ann-only, with what stands for the rectifier. */
function layers(graph: OnnxGraph, rectifier: (value: string) => string): string {
  const names = parameters.tensors.map(({ name }) => name);
  let value = graph.input('features', ['N', featureNames.length]);
  for (let at = 0; at < names.length; at += 2) {
    value = graph.operator('Gemm', [value, names[at]!, names[at + 1]!], { transB: 1 });
    if (at + 2 < names.length) value = rectifier(value);
  }
  return value;
}

/** A model whose one tensor says that its bytes are elsewhere. */
function modelWithExternal(location: string): Uint8Array {
  const entry = new ProtobufWriter().text(1, 'location').text(2, location);
  const tensor = new ProtobufWriter().integer(1, 4).integer(2, 1).text(8, 'weights').message(13, entry).integer(14, 1);
  const model = new ProtobufWriter().integer(1, 9).message(7, new ProtobufWriter().message(5, tensor));
  return joinChunks(model.message(8, new ProtobufWriter().text(1, '').integer(2, 18)).chunks);
}

describe('what is refused, with nothing written', () => {
  test.each([
    ['text', Buffer.from('SIMPLE  =                    T'), /no ONNX model/],
    ['half a model', file.subarray(0, file.length >> 1), /no ONNX model, or damaged/],
    ['weights kept in another file', modelWithExternal('weights.bin'), /another file \("weights\.bin"\)/],
    ['weights outside its folder', modelWithExternal('../../etc/passwd'), /another file/],
    [
      'another activation, which only the numbers betray',
      graphWith((graph) => layers(graph, (value) => graph.operator('Identity', [value]))),
      /other probabilities than the network ann-only/,
    ],
    [
      'an operator that feed-forward networks have no use for',
      graphWith((graph) => layers(graph, (value) => graph.operator('Tile', [value, graph.integers(1, 1)]))),
      /the operator Tile/,
    ],
    [
      'an operator of another maker',
      graphWith((graph) => layers(graph, (value) => graph.operator('Gelu', [value], {}, { domain: 'com.microsoft' }))),
      /the operator com\.microsoft:Gelu/,
    ],
    [
      'an input of another name',
      Buffer.from(file.toString('latin1').replaceAll('features', 'fEatures'), 'latin1'),
      /its inputs are/,
    ],
    ['another opset', Buffer.concat([file, joinChunks(opset(99))]), /operator set is 99/],
    ['two graphs, of which readers disagree', Buffer.concat([file, joinChunks(emptyGraph())]), /two graphs/],
    ['weights of another network', fileOf('cnn-only'), /its inputs are images, not features/],
  ])('%s', async (_, bytes, why) => {
    expect(await sentenceOf(importBytes(bytes))).toMatch(why);
    expect(existsSync(join(folder, 'models'))).toBe(false);
  });

  test('a weight that is not a number', async () => {
    const broken = initialParameters(network, 7);
    broken.flat[0] = Number.NaN;
    const bytes = joinChunks(inferenceModel(network, broken));
    expect(await sentenceOf(importBytes(bytes))).toMatch(/not a finite number/);
  });

  test('a recipe that wants moments, which a bare file does not have', async () => {
    const scaled = { ...recipe, features: { ...recipe.features, scaling: 'standardise' as const } };
    const given = join(folder, 'given.onnx');
    writeFileSync(given, file);
    const request = {
      trainedOn: '',
      softwareVersion: '0',
      createdAt: '',
      modelId: 'a',
      modelFolder: folder,
      models: [],
    };
    expect(await sentenceOf(importOnnx({ onnxPath: given, recipe: scaled, ...request }))).toMatch(/moments/);
  });
});

function opset(version: number): readonly Uint8Array[] {
  return new ProtobufWriter().message(8, new ProtobufWriter().text(1, '').integer(2, version)).chunks;
}

function emptyGraph(): readonly Uint8Array[] {
  return new ProtobufWriter().message(7, new ProtobufWriter().text(2, 'second')).chunks;
}

function fileOf(id: 'cnn-only'): Uint8Array {
  const other = describeNetwork(id);
  return joinChunks(inferenceModel(other, initialParameters(other, 1)));
}

describe('what is taken', () => {
  const input = drawnInput(3, shape);

  async function probabilities(id: string): Promise<Float32Array> {
    const session = await openNetworkSession(await loadModel(id, [join(folder, 'models')]));
    return session.probabilities(input).finally(() => session.close());
  }

  async function expected(): Promise<Float32Array> {
    const session = await networkSessionOf(file, { recipe, featureNames });
    return session.probabilities(input).finally(() => session.close());
  }

  test('a file with our names gives the probabilities that it gave, to 1e-6', async () => {
    await importBytes(file);
    const [got, wanted] = [await probabilities('foreign'), await expected()];
    got.forEach((value, row) => expect(value).toBeCloseTo(wanted[row]!, 6));
  });

  test('weights under other names are taken in their order, when the results agree', async () => {
    // Names of the same length, so that no length in the file changes.
    const renamed = Buffer.from(file);
    const names = parameters.tensors.map(({ name }) => name);
    names.forEach((name) => {
      const other = Buffer.from(name.replaceAll(/[a-z]/g, 'q'));
      for (let at = renamed.indexOf(name); at >= 0; at = renamed.indexOf(name, at + 1)) other.copy(renamed, at);
    });
    expect(renamed.equals(file)).toBe(false);
    await importBytes(renamed);
    const [got, wanted] = [await probabilities('foreign'), await expected()];
    got.forEach((value, row) => expect(value).toBeCloseTo(wanted[row]!, 6));
  });
});

describe('a model as one file', () => {
  async function archive(): Promise<string> {
    await importBytes(file, 'mine');
    const path = join(folder, 'mine.lobate-model');
    await exportModel(await loadModel('mine', [join(folder, 'models')]), path);
    return path;
  }

  test('is the same model elsewhere, byte for byte', async () => {
    const path = await archive();
    expect(await isModelArchive(path)).toBe(true);
    const { folder: installed } = await importArchive(path, join(folder, 'elsewhere'), []);
    for (const part of ['model.json', 'model.onnx', 'CARD.md']) {
      expect(readFileSync(join(installed, part)).equals(readFileSync(join(folder, 'models', 'mine', part)))).toBe(true);
    }
  });

  test('takes with it what its training saw of each row; one whose record is damaged is refused whole', async () => {
    await importBytes(file, 'mine');
    const model = await loadModel('mine', [join(folder, 'models')]);
    const split = 'Source_Name,RA,DEC,mc_dl_dataset\nILTJ1,10.00000,50.00000,1\n';
    writeFileSync(join(model.folder, 'split.csv'), split);
    const path = join(folder, 'mine.lobate-model');
    await exportModel(model, path);
    const { folder: installed } = await importArchive(path, join(folder, 'elsewhere'), []);
    expect(readFileSync(join(installed, 'split.csv'), 'utf8')).toBe(split);

    writeFileSync(join(model.folder, 'split.csv'), split.replace('mc_dl_dataset', 'mc_dl_whatever'));
    await exportModel(model, path);
    expect(await sentenceOf(importArchive(path, join(folder, 'third'), []))).toMatch(/split\.csv.*its columns are not/);
    expect(readdirSync(join(folder, 'third'))).toEqual([]);
  });

  test('is refused where a model of that name ships with the program: it would be used in its place, unchosen', async () => {
    const path = await archive();
    const shipped = await listModels([join(folder, 'models')]);
    expect(await sentenceOf(importArchive(path, join(folder, 'own'), shipped))).toMatch(/a model of this name already/);
    expect(existsSync(join(folder, 'own'))).toBe(false);
  });

  test('is refused where there is a model of that id, which stays', async () => {
    expect(await sentenceOf(importArchive(await archive(), join(folder, 'models'), []))).toMatch(/exists already/);
  });

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), /cut short/],
    ['with something behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')]), /goes on after its end/],
    ['with a length beyond any file', (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 8, 16), /cut short/],
    [
      'with an id that is a path',
      (bytes: Buffer) => replaced(bytes, '"id": "mine"', '"id": "../a"'),
      /description is damaged/,
    ],
    ['with other weights than it was described with', (bytes: Buffer) => flipLast(bytes), /SHA-256|changed/i],
  ])('%s it is refused and leaves nothing behind', async (_, damage, why) => {
    const path = await archive();
    writeFileSync(path, damage(readFileSync(path)));
    const elsewhere = join(folder, 'elsewhere');
    const sentence = await sentenceOf(importArchive(path, elsewhere, []));
    expect(sentence).toMatch(why);
    expect(sentence).not.toContain('.import-');
    expect(existsSync(elsewhere) ? readdirSync(elsewhere) : []).toEqual([]);
  });
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  expect(from.length).toBe(to.length);
  return Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
}

function flipLast(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 40]! ^= 1;
  return changed;
}
