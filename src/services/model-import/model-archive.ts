import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_EXTENSION } from '../../contract/models.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';
import type { ListedModel, LoadedModel } from '../model-store/load-model.ts';
import { CARD_FILE, DESCRIPTION_FILE, loadModel, WEIGHTS_FILE } from '../model-store/load-model.ts';
import { modelDescriptionSchema } from '../model-store/model-description.ts';
import { checkModelFolder } from '../model-store/save-model.ts';
import { refuseTakenId } from '../model-store/taken-id.ts';
import { SPLIT_FILE, trainingSplitOf } from '../model-store/training-split.ts';
import { readForeignWeights } from './foreign-weights.ts';

/** What the file begins with. Version 1 had no split. */
const MAGIC = Buffer.from('LobMod2\n');
/**
 * Its parts, in this order, each behind its length as 64-bit little-endian. No name is stored: none can lead anywhere. The
 * split is empty for a model without.
 */
const PARTS = [DESCRIPTION_FILE, CARD_FILE, WEIGHTS_FILE, SPLIT_FILE] as const;
const LENGTH_BYTES = 8;
/** The largest network has 356 MB of weights. */
const LARGEST_BYTES = 2 ** 30;

/**
 * Writes a model as one file, whole or not at all.
 * @throws DomainFailure 'file-unwritable'; those of `loadModel` where the model is not what it says
 */
export async function exportModel({ folder }: Pick<ListedModel, 'folder'>, path: string): Promise<void> {
  await loadModel(folder, []);
  await writeAtomically(path, piecesOf(folder));
}

async function* piecesOf(folder: string): AsyncGenerator<Uint8Array> {
  yield MAGIC;
  for (const part of PARTS) {
    const path = join(folder, part);
    const bytes = part === SPLIT_FILE && !existsSync(path) ? Buffer.alloc(0) : await readFile(path);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeBigUInt64LE(BigInt(bytes.length));
    yield length;
    yield bytes;
  }
}

/** Whether a file begins as a model in one file does; false for one that cannot be read. */
export async function isModelArchive(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return bytesRead === MAGIC.length && buffer.equals(MAGIC);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/**
 * Installs a model from one file, under the id it has. It appears only when its description, the hash of its weights and
 * the network that they make were found right.
 * @param models those that there are, wherever they are
 * @throws DomainFailure 'model-invalid', 'model-hash-mismatch', 'argument-invalid' where there is a model of that id
 */
export async function importArchive(
  path: string,
  modelFolder: string,
  models: readonly ListedModel[],
): Promise<LoadedModel> {
  const [description, card, weights, split] = await partsOf(path);
  const id = idOf(description!);
  if (id === undefined) throw invalid(path, 'its description is damaged');
  refuseTakenId(id, models);
  const target = join(modelFolder, id);
  checkModelFolder(target);
  await mkdir(modelFolder, { recursive: true });
  const partial = await mkdtemp(join(modelFolder, '.import-'));
  try {
    await writeFile(join(partial, DESCRIPTION_FILE), description!);
    await writeFile(join(partial, CARD_FILE), card!);
    await writeFile(join(partial, WEIGHTS_FILE), weights!);
    if (split!.length > 0) {
      await writeFile(join(partial, SPLIT_FILE), split!);
      await trainingSplitOf(partial, { name: [], raDeg: [], decDeg: [] });
    }
    const model = await loadModel(partial, []);
    await readForeignWeights(model.onnxPath, model.description);
    await rename(partial, target);
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true });
    throw saidOf(path, thrown);
  }
  return loadModel(target, []);
}

const invalid = (path: string, why: string): DomainFailure => new DomainFailure({ kind: 'model-invalid', path, why });

/** A failure names the file that was given, not the folder that it was unpacked into. */
function saidOf(path: string, thrown: unknown): unknown {
  if (!(thrown instanceof DomainFailure)) return thrown;
  const { error } = thrown;
  if (error.kind === 'file-unreadable') return invalid(path, `of its ${SPLIT_FILE}, ${error.why}`);
  if (error.kind !== 'model-invalid' && error.kind !== 'model-hash-mismatch') return thrown;
  return new DomainFailure({ ...error, path }, { cause: thrown });
}

async function partsOf(path: string): Promise<Buffer[]> {
  const size = await stat(path).then(
    (found) => found.size,
    () => {
      throw invalid(path, 'it cannot be read');
    },
  );
  if (size > LARGEST_BYTES) throw invalid(path, 'it is larger than 1 GiB');
  const bytes = await readFile(path).catch(() => {
    throw invalid(path, 'it cannot be read');
  });
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw invalid(path, `it is no ${MODEL_EXTENSION} file`);
  let at = MAGIC.length;
  const parts = PARTS.map(() => {
    if (at + LENGTH_BYTES > bytes.length) throw invalid(path, 'it is cut short');
    const length = bytes.readBigUInt64LE(at);
    at += LENGTH_BYTES;
    if (length > BigInt(bytes.length - at)) throw invalid(path, 'it is cut short');
    const part = bytes.subarray(at, at + Number(length));
    at += part.length;
    return part;
  });
  if (at !== bytes.length) throw invalid(path, 'it goes on after its end');
  return parts;
}

function idOf(description: Buffer): string | undefined {
  try {
    const { id } = (JSON.parse(description.toString('utf8')) ?? {}) as { readonly id?: unknown };
    const parsed = modelDescriptionSchema.shape.id.safeParse(id);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
