import type { PlacedRows } from '../../core/catalogue/row-join.ts';
import type { NamedModel } from '../../core/classification/provenance.ts';
import { modelOf } from '../../core/classification/provenance.ts';
import { ANGLES_ENTRY, ROTATION_COLUMNS } from '../../core/evaluation/rotation-table.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { findColumn, numbersOf, textsOf } from '../../core/table/table.ts';
import { readTableApart } from '../table-files/read-table-apart.ts';
import { positionsOf } from './load-predictions.ts';

/** A table of `lobate rotate-test`, one entry per source that was turned. */
export interface RotationRows extends PlacedRows {
  /** P(MC) of the picture as it is [0..1]. */
  readonly probability: Float64Array;
  /** Over all orientations of the source, the exact and the random ones. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly sigma: Float64Array;
  /** Random orientations of each source; undefined where the file does not say. */
  readonly randomAngles: number | undefined;
  /** Undefined where the file does not say, as a CSV file without its companion. */
  readonly model: NamedModel | undefined;
}

/**
 * Reads a table that `lobate rotate-test --out` wrote.
 * @throws DomainFailure file-kind-unknown where it is another table or holds numbers that cannot be, or as `readTableApart`
 */
export async function loadRotation(path: string): Promise<RotationRows> {
  const table = await readTableApart(path);
  const notOne = (why: string): DomainFailure =>
    new DomainFailure({
      kind: 'file-kind-unknown',
      path,
      wanted: `a table that \`lobate rotate-test --out\` wrote: ${why}`,
    });
  const numbers = (name: string): Float64Array => {
    const column = findColumn(table, name);
    const values = column && numbersOf(column);
    if (values === undefined) throw notOne(`it has no column ${name}`);
    return values;
  };
  const nameColumn = findColumn(table, 'Source_Name');
  const name = nameColumn && textsOf(nameColumn);
  if (name === undefined) throw notOne('it has no column Source_Name');
  const { probability, lowest, highest, sigma } = ROTATION_COLUMNS;
  const spreads = {
    probability: numbers(probability),
    lowest: numbers(lowest),
    highest: numbers(highest),
    sigma: numbers(sigma),
  };
  name.forEach((source, row) => {
    const isPossible =
      spreads.lowest[row]! >= 0 &&
      spreads.lowest[row]! <= spreads.probability[row]! &&
      spreads.probability[row]! <= spreads.highest[row]! &&
      spreads.highest[row]! <= 1 &&
      spreads.sigma[row]! >= 0;
    if (!isPossible) throw notOne(`P(MC) of ${source} is not within 0 ≤ ${lowest} ≤ ${probability} ≤ ${highest} ≤ 1`);
  });
  const entries = table.entries ?? [];
  const angles = Number(
    entries.find((entry) => entry.name === ANGLES_ENTRY.name || entry.name === ANGLES_ENTRY.keyword)?.value,
  );
  return {
    ...spreads,
    name,
    positions: positionsOf(table, path),
    randomAngles: Number.isInteger(angles) ? angles : undefined,
    model: modelOf(entries),
  };
}
