import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { momentsSuit } from '../../core/features/scaling.ts';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { sha256OfFile } from './file-hash.ts';
import type { ModelDescription } from './model-description.ts';
import { modelDescriptionSchema } from './model-description.ts';
import { promotedModels } from './preferred-model.ts';

export const DESCRIPTION_FILE = 'model.json';
export const WEIGHTS_FILE = 'model.onnx';
export const CARD_FILE = 'CARD.md';

/** A model whose description is understood and whose weights are those it was described with. */
export interface LoadedModel {
  readonly description: ModelDescription;
  readonly folder: string;
  readonly onnxPath: string;
}

/** A model that is listed: read and checked but for the hash of its weights. */
export interface ListedModel {
  readonly description: ModelDescription;
  readonly folder: string;
  /** Came with the program: found in the last of the folders. */
  readonly isShipped: boolean;
}

/**
 * Finds and checks a model: its model.json against the schema and the recipe it names, its weights against their
 * SHA-256.
 * @param idOrFolder id of an installed model or the folder of one; the default model where undefined
 * @param searchFolders folders of models, strongest first
 * @throws DomainFailure 'model-not-found' (naming those there are), 'model-invalid', 'model-hash-mismatch'
 */
export async function loadModel(
  idOrFolder: string | undefined,
  searchFolders: readonly string[],
): Promise<LoadedModel> {
  const folder = await findModelFolder(idOrFolder, searchFolders);
  const description = await readDescription(folder);
  const onnxPath = join(folder, WEIGHTS_FILE);
  if (!(await isFile(onnxPath))) {
    throw new DomainFailure({ kind: 'model-invalid', path: folder, why: `it has no ${WEIGHTS_FILE}` });
  }
  const actual = await sha256OfFile(onnxPath);
  if (actual !== description.weightsSha256) {
    throw new DomainFailure({
      kind: 'model-hash-mismatch',
      path: onnxPath,
      expected: description.weightsSha256,
      actual,
    });
  }
  return { description, folder, onnxPath };
}

/**
 * Models in the given folders, strongest folder first, then by id; of two with one id the stronger folder's. What is
 * not a usable model is left out; where `onInvalid` is given, it is told why.
 */
export async function listModels(
  searchFolders: readonly string[],
  onInvalid?: (failure: DomainFailure) => void,
): Promise<ListedModel[]> {
  const models = new Map<string, ListedModel>();
  for (const searchFolder of searchFolders) {
    const entries = await readdir(searchFolder, { withFileTypes: true }).catch((): Dirent[] => []);
    for (const name of entries.map((entry) => entry.name).sort()) {
      const folder = join(searchFolder, name);
      if (!(await isFile(join(folder, DESCRIPTION_FILE)))) continue;
      try {
        const description = await readDescription(folder);
        if (!models.has(description.id)) {
          models.set(description.id, { description, folder, isShipped: searchFolder === searchFolders.at(-1) });
        }
      } catch (thrown) {
        if (!(thrown instanceof DomainFailure)) throw thrown;
        onInvalid?.(thrown);
      }
    }
  }
  return [...models.values()];
}

/**
 * The model that is used when none is asked for: the one that was promoted last and is still there. A model that was
 * installed or trained is not used before it is promoted, so without one: trained before untrained, image and features before
 * one of them, those that ship before the others, more features before fewer, and the first of equals.
 */
export function defaultModelOf(
  models: readonly ListedModel[],
  promoted: readonly string[] = [],
): ListedModel | undefined {
  const chosen = promoted.findLast((id) => models.some(({ description }) => description.id === id));
  if (chosen !== undefined) return models.find(({ description }) => description.id === chosen);
  const preference = ({ description, isShipped }: ListedModel): readonly number[] => [
    Number(description.isTrained),
    Number(seesImageAndFeatures(description)),
    Number(isShipped),
    description.featureNames.length,
  ];
  const [best] = models.toSorted((a, b) => {
    const [first, second] = [preference(a), preference(b)];
    return second.map((value, at) => value - first[at]!).find((difference) => difference !== 0) ?? 0;
  });
  return best;
}

function seesImageAndFeatures({ network }: ModelDescription): boolean {
  const { image, features } = describeNetwork(network);
  return image !== undefined && features !== undefined;
}

async function findModelFolder(idOrFolder: string | undefined, searchFolders: readonly string[]): Promise<string> {
  if (idOrFolder !== undefined && (await isFile(join(idOrFolder, DESCRIPTION_FILE)))) return resolve(idOrFolder);
  const models = await listModels(searchFolders);
  const promoted = searchFolders[0] === undefined ? [] : await promotedModels(searchFolders[0]);
  const found =
    idOrFolder === undefined
      ? defaultModelOf(models, promoted)
      : models.find(({ description }) => description.id === idOrFolder);
  if (found !== undefined) return found.folder;
  // A folder that was meant to be a model deserves its own reason, not "no such model".
  for (const folder of idOrFolder === undefined ? [] : [idOrFolder, ...searchFolders.map((f) => join(f, idOrFolder))]) {
    if (await isFile(join(folder, DESCRIPTION_FILE))) return folder;
  }
  throw new DomainFailure({
    kind: 'model-not-found',
    id: idOrFolder ?? 'default',
    available: models.map(({ description }) => description.id),
  });
}

async function readDescription(folder: string): Promise<ModelDescription> {
  const path = join(folder, DESCRIPTION_FILE);
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'model-invalid', path, why });
  };
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    return refuse(thrown instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read');
  }
  const parsed = modelDescriptionSchema.safeParse(json);
  if (!parsed.success) {
    const { path: field, message } = parsed.error.issues[0]!;
    return refuse(field.length === 0 ? message : `${field.join('.')}: ${message}`);
  }
  const description = parsed.data;
  checkDescription(description, refuse);
  return description;
}

/** What the schema cannot say: that the parts of a description belong together. */
function checkDescription(description: ModelDescription, refuse: (why: string) => never): void {
  const { recipe, network, featureNames, moments } = description;
  checkRecipe(recipe);
  if (recipe.network !== network) refuse(`it is a ${network} network but its recipe is for ${recipe.network}`);
  const wanted = featureNamesOf(recipe.features);
  const differing = wanted.findIndex((name, index) => featureNames[index] !== name);
  if (featureNames.length !== wanted.length) {
    refuse(`it lists ${featureNames.length} features where its recipe has ${wanted.length}`);
  }
  if (differing >= 0) refuse(`its feature ${differing + 1} is ${featureNames[differing]!}, not ${wanted[differing]!}`);
  if (!momentsSuit(recipe.features.scaling, moments)) {
    refuse(`its moments are not those of features scaled as "${recipe.features.scaling}"`);
  }
  if (moments !== undefined && (moments.mean.length !== wanted.length || moments.deviation.length !== wanted.length)) {
    refuse('it does not have one mean and deviation per feature');
  }
  const expected = parameterCount(describeNetwork(network, inputShapeOf(recipe, wanted.length), recipe.variant));
  if (description.parameterCount !== expected) {
    refuse(`it has ${description.parameterCount} parameters where ${network} has ${expected}`);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
