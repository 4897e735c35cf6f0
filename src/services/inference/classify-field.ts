/**
 * Data flow 4/5: the whole way from a field to probabilities, on one page.
 * Before it: core/network/network-input.ts. After it: renderer/views/source/.
 */
import type { SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import type { Prediction, PredictionStatus } from '../../core/classification/prediction.ts';
import type { Cutout } from '../../core/cutout/cutout.ts';
import { makeCutout, validFractionOf } from '../../core/cutout/make-cutout.ts';
import type { FeatureTable } from '../../core/features/feature-table.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { toNetworkInput } from '../../core/network/network-input.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { MosaicAssignment } from './assign-mosaics.ts';
import { assignMosaics } from './assign-mosaics.ts';
import { planBatches } from './batch-plan.ts';
import { readSourceWindow } from './source-window.ts';
import type { Shard } from './shard.ts';
import { isInShard } from './shard.ts';
import { WindowReader } from './window-reader.ts';

/** What a classification needs of the outside world: P(MC) for a batch, one number per row. */
export interface ProbabilityPort {
  probabilities(input: NetworkInput): Promise<Float32Array>;
}

export interface FieldToClassify {
  readonly mosaics: readonly Mosaic[];
  readonly catalogue: SourceCatalogue;
  readonly features: FeatureTable;
}

export interface ClassifyOptions {
  readonly recipe: Recipe;
  readonly moments: FeatureMoments | undefined;
  /** Also give SISG rows the network's raw probability; they stay class S. */
  readonly scoreSisg: boolean;
  /** Batches before this one are stored already and are not computed again. */
  readonly fromBatch?: number;
  /** Part of the field to classify; all of it where absent. */
  readonly shard?: Shard | undefined;
  /** Rows to answer with `failed` unseen, because they killed a worker before. */
  readonly poisonedRows?: readonly number[];
  readonly signal?: AbortSignal;
  /** Told before each batch is begun, so that a death can be laid at its door. */
  readonly onBatchBegun?: (batch: number, rows: Int32Array) => void;
}

export interface ClassifiedBatch {
  readonly batch: number;
  readonly batchCount: number;
  /** One per row of the batch, in the plan's order. */
  readonly predictions: readonly Prediction[];
}

/**
 * Classifies every row of a field, batch by batch: window → noise and stretch → channels; features beside them; network.
 * Every row of the catalogue, or of its shard, is answered exactly once.
 * @throws DomainFailure 'cancelled' between batches when the signal is aborted; 'fits-…' when a mosaic cannot be read
 */
export async function* classifyField(
  field: FieldToClassify,
  network: ProbabilityPort,
  options: ClassifyOptions,
): AsyncGenerator<ClassifiedBatch> {
  const { catalogue, features, mosaics } = field;
  const assignment = await assignMosaics(catalogue, mosaics);
  const poisoned = new Set(options.poisonedRows);
  const needsNetwork = Uint8Array.from({ length: catalogue.rowCount }, (_, row) =>
    assignment.mosaic[row]! >= 0 && features.unusable[row] === '' && (options.scoreSisg || features.sisg[row] === 0)
      ? 1
      : 0,
  );
  const plan = planBatches(assignment, needsNetwork).batches;
  const { shard } = options;
  const batches = shard === undefined ? plan : plan.filter((rows) => isInShard(shard, assignment.mosaic[rows[0]!]!));
  const windowOf = windowsOf(mosaics, assignment, options.recipe);

  // One array serves all windows: of each only its cutout is kept.
  let pixels: Float32Array | Float64Array | undefined;
  for (let batch = options.fromBatch ?? 0; batch < batches.length; batch++) {
    if (options.signal?.aborted) throw new DomainFailure({ kind: 'cancelled' });
    const rows = batches[batch]!;
    options.onBatchBegun?.(batch, rows);

    const predictions: Prediction[] = [];
    const cutouts: Cutout[] = [];
    const networkRows: number[] = [];
    for (const row of rows) {
      const mosaic = assignment.mosaic[row]!;
      const window = await windowOf(row, pixels);
      pixels = window ?? pixels;
      const answered = statusWithoutNetwork(row, features, mosaic, poisoned);
      const validFraction = window === undefined ? Number.NaN : validFractionOf(window);
      let status: PredictionStatus = answered ?? 'classified';
      if (needsNetwork[row] === 1 && window !== undefined && status !== 'failed') {
        const cutout = makeCutout(window, options.recipe.cutout);
        if (cutout.blank === 'no-valid-pixels') {
          if (status === 'classified') status = 'no-valid-pixels';
        } else {
          cutouts.push(cutout);
          networkRows.push(row);
        }
      }
      predictions.push({ row, status, probability: Number.NaN, validFraction, mosaic });
    }

    const probabilities =
      networkRows.length === 0
        ? new Float32Array(0)
        : await network.probabilities(toNetworkInput(cutouts, networkRows, features, options.moments));
    const probabilityOf = new Map(networkRows.map((row, index) => [row, probabilities[index]!]));
    yield {
      batch,
      batchCount: batches.length,
      predictions: predictions.map((prediction) => ({
        ...prediction,
        probability: probabilityOf.get(prediction.row) ?? Number.NaN,
      })),
    };
  }
}

/**
 * The reader of a mosaic, and only of the last one asked for: the plan goes through one mosaic after the other, and a
 * reader holds a band of up to some 100 MB.
 */
function oneReaderAtATime(mosaics: readonly Mosaic[]): (mosaic: number) => WindowReader {
  let current: { readonly mosaic: number; readonly reader: WindowReader } | undefined;
  return (mosaic) => {
    if (current?.mosaic !== mosaic) current = { mosaic, reader: new WindowReader(mosaics[mosaic]!) };
    return current.reader;
  };
}

/** The status of a row that the network cannot change, or undefined where the network decides. */
function statusWithoutNetwork(
  row: number,
  features: FeatureTable,
  mosaic: number,
  poisoned: ReadonlySet<number>,
): PredictionStatus | undefined {
  if (poisoned.has(row)) return 'failed';
  if (features.unusable[row] !== '') return `missing-feature:${features.unusable[row]!}`;
  // A SISG row is class S by its catalogue entry alone, whether or not a mosaic shows it.
  if (features.sisg[row] === 1) return 'sisg';
  return mosaic < 0 ? 'outside-mosaics' : undefined;
}

/** The window of a row, undefined where it lies on no mosaic; `into` may be filled again. */
function windowsOf(mosaics: readonly Mosaic[], { mosaic, x, y }: MosaicAssignment, { cutout }: Recipe) {
  const readerOf = oneReaderAtATime(mosaics);
  return async (row: number, into?: Float32Array | Float64Array): Promise<Float32Array | Float64Array | undefined> => {
    const at = mosaic[row]!;
    if (at < 0) return undefined;
    return readSourceWindow(readerOf(at).read, mosaics[at]!.wcs, { x: x[row]!, y: y[row]! }, cutout, into);
  };
}
