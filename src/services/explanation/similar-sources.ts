import type { SimilarSources } from '../../contract/explanation-schemas.ts';
import type { Cutout } from '../../core/cutout/cutout.ts';
import { makeCutout } from '../../core/cutout/make-cutout.ts';
import { toNetworkInput } from '../../core/network/network-input.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { readSourceWindow } from '../inference/source-window.ts';
import { inReadingOrder } from '../inference/reading-order.ts';
import { WindowReader } from '../inference/window-reader.ts';
import type { ExplainedField } from './explained-field.ts';
import { explainableRows } from './explained-field.ts';
import { inTurn, piecesOf } from '../threads/in-turn.ts';
import { ROWS_PER_BATCH } from './input-variants.ts';

/** The last hidden layer of every source that the network sees. */
export interface HiddenValues {
  readonly rows: readonly number[];
  /** `width` per row, in the order of `rows`. */
  readonly values: Float32Array;
  readonly width: number;
  readonly probabilities: Float64Array;
}

/**
 * Sends the whole field through the network and keeps its last hidden layer.
 * @throws DomainFailure `cancelled` between batches
 */
export async function hiddenValuesOf(
  explained: ExplainedField,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<HiddenValues> {
  const { field, assignment, model, recipe, session } = explained;
  const { moments } = model.description;
  const { mosaic, x, y } = assignment;
  const order = [...explainableRows(explained)].sort(inReadingOrder(assignment));
  const rows: number[] = [];
  const hidden: Float32Array[] = [];
  const probabilities: number[] = [];
  let width = 0;
  let current: { readonly mosaic: number; readonly reader: WindowReader } | undefined;
  let asked = 0;
  for await (const batch of inTurn(piecesOf(order, ROWS_PER_BATCH), signal)) {
    const seen: number[] = [];
    const cutouts: Cutout[] = [];
    for (const row of batch) {
      const index = mosaic[row]!;
      if (current?.mosaic !== index) current = { mosaic: index, reader: new WindowReader(field.mosaics[index]!) };
      const { wcs } = field.mosaics[index]!;
      const position = { x: x[row]!, y: y[row]! };
      const window = await readSourceWindow(current.reader.read, wcs, position, recipe.cutout);
      const cutout = makeCutout(window, recipe.cutout);
      if (cutout.blank === 'no-valid-pixels') continue;
      seen.push(row);
      cutouts.push(cutout);
    }
    if (seen.length > 0) {
      const outputs = await session.withHidden(toNetworkInput(cutouts, seen, field.features, moments));
      rows.push(...seen);
      hidden.push(outputs.hidden);
      probabilities.push(...outputs.probabilities);
      width = outputs.width;
    }
    asked += batch.length;
    onProgress?.(asked / order.length);
  }
  const values = new Float32Array(rows.length * width);
  let at = 0;
  for (const batch of hidden) {
    values.set(batch, at);
    at += batch.length;
  }
  return { rows, values, width, probabilities: Float64Array.from(probabilities) };
}

/**
 * The sources that the network holds to be most like one, by Euclidean distance in its last hidden layer.
 * @throws DomainFailure `argument-invalid` where the network does not see the row
 */
export function similarTo(
  { rows, values, width, probabilities }: HiddenValues,
  names: readonly string[],
  row: number,
  count: number,
): SimilarSources {
  const own = rows.indexOf(row);
  if (own < 0) {
    const why = 'the network does not see it (SISG, off the mosaics, or without features), so nothing is like it';
    throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
  }
  const distances = rows.map((other, index) => {
    let squares = 0;
    for (let k = 0; k < width; k++) squares += (values[index * width + k]! - values[own * width + k]!) ** 2;
    return { row: other, name: names[other]!, distance: Math.sqrt(squares), probability: probabilities[index]! };
  });
  const sources = distances
    .filter((_, index) => index !== own)
    .sort((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, count);
  return { sources, compared: rows.length - 1, width };
}
