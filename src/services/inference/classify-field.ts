/**
 * Data flow 4/5: the whole way from a field to probabilities, on one page.
 * Before it: core/network/network-input.ts. After it: renderer/views/source/.
 */
import type { SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import type { Prediction, PredictionStatus } from '../../core/classification/prediction.ts';
import type { Cutout } from '../../core/cutout/cutout.ts';
import type { FeatureTable } from '../../core/features/feature-table.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { toNetworkInput } from '../../core/network/network-input.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { assignMosaics } from './assign-mosaics.ts';
import { planBatches } from './batch-plan.ts';
import { BATCHES_AHEAD_PER_THREAD, cutoutThreadCount, openBatchPreparer } from './cutout-threads.ts';
import type { BatchPlaces } from './prepare-batch.ts';
import { prepareAhead } from './prepare-batch.ts';
import type { Shard } from './shard.ts';
import { isInShard } from './shard.ts';

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
  /** Threads that make cutouts beside the network; one per core where absent. The results do not depend on it. */
  readonly cutoutThreads?: number | undefined;
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
  const needsCutout = (row: number): boolean => needsNetwork[row] === 1 && !poisoned.has(row);
  const placesOfRows = (rows: Int32Array): BatchPlaces => ({
    mosaic: assignment.mosaic[rows[0]!]!,
    x: Float64Array.from(rows, (row) => assignment.x[row]!),
    y: Float64Array.from(rows, (row) => assignment.y[row]!),
    needsCutout: Uint8Array.from(rows, (row) => (needsCutout(row) ? 1 : 0)),
  });
  const first = options.fromBatch ?? 0;
  const threads = options.cutoutThreads ?? cutoutThreadCount(batches.length - first);
  const preparer = openBatchPreparer(mosaics, options.recipe.cutout, threads);
  try {
    const placesOf = (batch: number): BatchPlaces | undefined => batches[batch] && placesOfRows(batches[batch]);
    const prepared = prepareAhead(preparer, placesOf, first, BATCHES_AHEAD_PER_THREAD * threads);
    for (let batch = first; batch < batches.length; batch++) {
      if (options.signal?.aborted) throw new DomainFailure({ kind: 'cancelled' });
      const rows = batches[batch]!;
      options.onBatchBegun?.(batch, rows);
      const { validFraction, cutouts: made } = (await prepared.next()).value!;

      const predictions: Prediction[] = [];
      const cutouts: Cutout[] = [];
      const networkRows: number[] = [];
      rows.forEach((row, at) => {
        const mosaic = assignment.mosaic[row]!;
        let status: PredictionStatus = statusWithoutNetwork(row, features, mosaic, poisoned) ?? 'classified';
        const cutout = made[at];
        if (cutout?.blank === 'no-valid-pixels') {
          if (status === 'classified') status = 'no-valid-pixels';
        } else if (cutout !== undefined) {
          cutouts.push(cutout);
          networkRows.push(row);
        }
        predictions.push({ row, status, probability: Number.NaN, validFraction: validFraction[at]!, mosaic });
      });

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
  } finally {
    await preparer.close();
  }
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
