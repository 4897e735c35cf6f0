import type { Wcs } from '../../core/sky/wcs-types.ts';
import type { Table } from '../../core/table/table.ts';
import { componentTable, nameAt } from './associations.ts';
import type { Measurement } from './catalogue-source.ts';
import type { OpticalMatch } from './likelihood-ratio.ts';
import type { SkyMeasurement } from './measurement-columns.ts';
import { integerColumn, measurementTable } from './measurement-columns.ts';
import { fieldWcs } from './mosaic-file.ts';
import type { SimulatedField, SimulatedRow } from './simulate-field.ts';

/** The three tables of a field: DR1-like source and Gaussian catalogues, and the truth as a component catalogue. */
export interface FieldTables {
  readonly catalogue: Table;
  readonly gaussians: Table;
  readonly components: Table;
}

export function fieldTables(field: SimulatedField): FieldTables {
  const wcs = fieldWcs(field.plan);
  const placed = field.rows.map((row) => place(row, row.source.measurement, row.match, wcs));
  const gaussians = field.rows.flatMap((row, i) =>
    row.source.gaussians.map((gaussian, g) => ({
      // A Gaussian carries the name of its source, as in DR1.
      ...place(row, gaussian, row.gaussianMatches[g]!, wcs),
      name: placed[i]!.name,
      sourceNumber: i,
    })),
  );
  const gaussianIds = [
    integerColumn(
      'Gaus_id',
      gaussians.map((_, i) => i),
    ),
    integerColumn(
      'Source_id',
      gaussians.map(({ sourceNumber }) => sourceNumber),
    ),
  ];
  const { name } = field.plan;
  return {
    catalogue: measurementTable(placed, name),
    gaussians: measurementTable(gaussians, name, gaussianIds),
    components: componentTable(field.rows, placed, wcs),
  };
}

function place(row: SimulatedRow, measurement: Measurement, match: OpticalMatch, wcs: Wcs): SkyMeasurement {
  const { xPix, yPix } = measurement;
  const { ra, dec } = wcs.pixelToSky(xPix, yPix)!;
  return {
    name: nameAt(xPix, yPix, wcs),
    raDeg: ra,
    decDeg: dec,
    measurement,
    match,
    code: row.source.code,
    islandNumber: row.source.islandNumber,
  };
}
