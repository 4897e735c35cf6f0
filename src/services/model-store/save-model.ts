import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pid } from 'node:process';
import { DomainFailure } from '../../core/result/failure.ts';
import { messageOf } from '../../core/result/message-of.ts';
import { sha256OfChunks } from './file-hash.ts';
import { CARD_FILE, DESCRIPTION_FILE, WEIGHTS_FILE } from './load-model.ts';
import type { ModelDescription } from './model-description.ts';
import { modelDescriptionSchema } from './model-description.ts';
import { SPLIT_FILE } from './training-split.ts';

/** A model about to be written; id and hash follow from the folder and the weights. */
export interface ModelToSave {
  readonly description: Omit<ModelDescription, 'id' | 'weightsSha256'>;
  readonly onnxChunks: readonly Uint8Array[];
  /** What the training saw of each row, as `splitText` writes it; undefined for an untrained model. */
  readonly split?: string | undefined;
  /** CARD.md, from the complete description. */
  readonly card: (description: ModelDescription) => string;
}

/**
 * Refuses a folder that a model cannot be written to, before hours are spent on its weights.
 * @throws DomainFailure 'argument-invalid' where it exists already or its name cannot be an id
 */
export function checkModelFolder(folder: string): void {
  const id = basename(resolve(folder));
  if (!modelDescriptionSchema.shape.id.safeParse(id).success) {
    const why = `"${id}" cannot be a model's name: use letters, digits, ".", "_" and "-"`;
    throw new DomainFailure({ kind: 'argument-invalid', name: folder, why });
  }
  if (existsSync(folder)) {
    const why = 'exists already; choose another folder or remove it first';
    throw new DomainFailure({ kind: 'argument-invalid', name: folder, why });
  }
}

/**
 * Writes a model folder whose name becomes its id: model.json, model.onnx, CARD.md and, of a trained one, split.csv.
 * Everything is written beside it
 * first and moved in one step, so that a folder of that name is always a whole model.
 */
export async function saveModel(folder: string, model: ModelToSave): Promise<ModelDescription> {
  checkModelFolder(folder);
  const target = resolve(folder);
  const description = modelDescriptionSchema.parse({
    ...model.description,
    id: basename(target),
    weightsSha256: sha256OfChunks(model.onnxChunks),
  });
  const partial = join(dirname(target), `.${basename(target)}.partial-${pid}`);
  try {
    await mkdir(partial, { recursive: true });
    const file = await open(join(partial, WEIGHTS_FILE), 'w');
    try {
      // Gathered in pieces: a graph is thousands of small chunks and one weight tensor of hundreds of megabytes.
      for (const piece of gather(model.onnxChunks)) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await writeFile(join(partial, DESCRIPTION_FILE), `${JSON.stringify(description, null, 2)}\n`);
    if (model.split !== undefined) await writeFile(join(partial, SPLIT_FILE), model.split);
    await writeFile(join(partial, CARD_FILE), model.card(description));
    await rename(partial, target);
  } catch (thrown) {
    await rm(partial, { recursive: true, force: true });
    if (thrown instanceof DomainFailure) throw thrown;
    const why = messageOf(thrown);
    throw new DomainFailure({ kind: 'file-unwritable', path: folder, why }, { cause: thrown });
  }
  return description;
}

const PIECE_BYTES = 1 << 20;

function* gather(chunks: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  let smallBytes = 0;
  for (const chunk of chunks) {
    small.push(chunk);
    smallBytes += chunk.byteLength;
    if (smallBytes < PIECE_BYTES) continue;
    yield* small.length === 1 ? small : [Buffer.concat(small)];
    small = [];
    smallBytes = 0;
  }
  if (smallBytes > 0) yield Buffer.concat(small);
}
