import { basename } from 'node:path';
import { joinRows } from '../../core/catalogue/row-join.ts';
import { modelOf } from '../../core/classification/provenance.ts';
import type { Spread, SpreadSummary } from '../../core/evaluation/rotation-spread.ts';
import { summariseSpreads } from '../../core/evaluation/rotation-spread.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Figure } from '../../figures/figure.ts';
import { rotationFigure } from '../../figures/rotation-figure.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import type { RotationRows } from '../../services/catalogue-files/load-rotation.ts';
import { loadRotation } from '../../services/catalogue-files/load-rotation.ts';

/** Two devices may differ by 1e-4 and a CSV file may be rounded; another model differs by far more, somewhere. */
const SAME_PROBABILITY = 1e-3;

export interface JudgedRotation {
  readonly json: Readonly<Record<string, unknown>>;
  readonly line: string;
  readonly figure: Figure;
}

/** Of a report without: turning needs the pixels, which an evaluation does not read. */
export const NOT_TURNED =
  'Rotation spread is not here: `lobate rotate-test --out FILE` turns the sources, and `lobate evaluate --rotation FILE` adds it.';

/** Where a table of `lobate rotate-test` is, and of whose sources. */
interface RotationFile {
  /** Undefined where none is given. */
  readonly path: string | undefined;
  readonly predictions: string;
}

/** The rows whose orientations are looked at. */
export interface TurnedRows {
  readonly predictions: PredictionRows;
  /** Their rows of the predictions. */
  readonly rows: Uint32Array;
  /** 1 for those that are MC, in the order of `rows`; undefined where nobody knows. */
  readonly isMc: Uint8Array | undefined;
  /** Must be read before any number; empty where there is nothing to warn of. */
  readonly warning: string;
}

/**
 * How far P(MC) of the judged sources spreads over their orientations, by a table of `lobate rotate-test`.
 * @throws DomainFailure `argument-invalid` where the table is of another model, of other sources or of none that is judged;
 * as `loadRotation`
 */
export async function judgedRotation(
  { path, predictions: predictionsPath }: RotationFile,
  { predictions, rows, isMc, warning }: TurnedRows,
  threshold: number,
): Promise<JudgedRotation | undefined> {
  if (path === undefined) return undefined;
  const rotation = await loadRotation(path);
  const { theirRow } = joinRows(predictions, rotation);
  checkSameModel(path, predictions, rotation, theirRow);
  const judged = [...rows.keys()].filter((at) => theirRow[rows[at]!]! >= 0);
  if (judged.length === 0) {
    const why = isMc === undefined ? 'they need a result' : 'they need a label, and to be of the chosen subset';
    throw refused(`none of the sources of ${path} is judged here (${why})`);
  }
  const turned = judged.map((at) => theirRow[rows[at]!]!);
  const spreads = turned.map((row) => spreadAt(rotation, row, threshold));
  const { worst, ...summary } = summariseSpreads(turned, spreads);
  const { randomAngles } = rotation;
  const named = worst && { name: rotation.name[worst.row]!, lowest: worst.lowest, highest: worst.highest };
  return {
    json: {
      file: path,
      randomAngles: randomAngles ?? null,
      sourcesOfFile: rotation.name.length,
      ...summary,
      worst: named,
    },
    line: rotationLine(summary, threshold, named),
    figure: rotationFigure({
      sigmas: spreads.map(({ sigma }) => sigma),
      randomAngles,
      mixed: summary.mixed,
      threshold,
      subject: {
        source: `predictions ${basename(predictionsPath)}, orientations ${basename(path)}`,
        rows: judged.length,
        mc: isMc && judged.filter((at) => isMc[at] === 1).length,
        warning,
      },
    }),
  };
}

/** By the hash of the weights where both files have it, and by what the model says of the pictures as they are. */
function checkSameModel(
  path: string,
  predictions: PredictionRows,
  { model, name, probability }: RotationRows,
  theirRow: Int32Array,
): void {
  const own = modelOf(predictions.table.entries ?? []);
  if (own !== undefined && model !== undefined && own.modelSha256 !== model.modelSha256) {
    throw refused(`${path} is of model ${model.modelId}, the predictions are of ${own.modelId}, with other weights`);
  }
  const both = [...theirRow.keys()].filter((row) => theirRow[row]! >= 0);
  if (both.length === 0) throw refused(`none of the sources of ${path} is in the predictions`);
  const others = both.filter(
    (row) => Math.abs(predictions.probability[row]! - probability[theirRow[row]!]!) > SAME_PROBABILITY,
  );
  const [first] = others;
  if (first === undefined) return;
  const [here, there] = [predictions.probability[first]!, probability[theirRow[first]!]!];
  throw refused(
    `${path} is of another model, other settings or other mosaics: P(MC) of ${others.length} of ${both.length} sources ` +
      `differs, as of ${name[theirRow[first]!]}, ${here.toFixed(4)} in the predictions and ${there.toFixed(4)} there`,
  );
}

function spreadAt({ lowest, highest, sigma }: RotationRows, row: number, threshold: number): Spread {
  const [low, high] = [lowest[row]!, highest[row]!];
  return { lowest: low, highest: high, sigma: sigma[row]!, isMixed: low < threshold && high >= threshold };
}

function rotationLine(
  { sources, sigmaMedian, sigma90, sigma99, sigmaLargest, mixed }: Omit<SpreadSummary, 'worst'>,
  threshold: number,
  worst: { readonly name: string; readonly lowest: number; readonly highest: number } | null,
): string {
  const text = (sigma: number | null): string => (sigma === null ? '–' : `${Number(sigma.toPrecision(2))}`);
  const widest =
    worst === null ? '' : `; widest ${worst.lowest.toFixed(3)} to ${worst.highest.toFixed(3)} (${worst.name})`;
  return (
    `Turned and mirrored: σ of P(MC) of ${sources} sources median ${text(sigmaMedian)}, 90 % ${text(sigma90)}, ` +
    `99 % ${text(sigma99)}, largest ${text(sigmaLargest)}; ${mixed} change class at ${threshold}${widest}`
  );
}

const refused = (why: string): DomainFailure =>
  new DomainFailure({ kind: 'argument-invalid', name: '--rotation', why });
