import { CATALOGUE_COLUMNS } from '../catalogue/catalogue-columns.ts';
import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { Column, Table } from '../table/table.ts';
import { featureNamed } from './feature-definitions.ts';
import type { FeatureTable } from './feature-table.ts';

/**
 * The feature table as a file holds it: name and position of each source, the features, `sisg`, and which features are
 * stand-ins (`imputed`, their names joined by a blank). Rows that cannot have features have empty ones and say why in
 * `unusable`.
 */
export function featureOutput(catalogue: SourceCatalogue, features: FeatureTable): Table {
  const { rowCount, names, values, isMissing, unusable } = features;
  const featureCount = names.length;
  const columns: Column[] = [
    { name: 'Source_Name', data: catalogue.name, repeat: 1, ucd: CATALOGUE_COLUMNS.name.ucd },
    { name: 'RA', data: catalogue.raDeg, repeat: 1, unit: 'deg', ucd: CATALOGUE_COLUMNS.ra.ucd },
    { name: 'DEC', data: catalogue.decDeg, repeat: 1, unit: 'deg', ucd: CATALOGUE_COLUMNS.dec.ucd },
  ];
  names.forEach((name, feature) => {
    const data = Float64Array.from({ length: rowCount }, (_, row) =>
      unusable[row] === '' ? values[row * featureCount + feature]! : Number.NaN,
    );
    const unit = features.units[feature]!;
    columns.push({
      name,
      data,
      repeat: 1,
      unit: unit === 'count' || unit === '' ? undefined : unit,
      description: featureNamed(name)?.why,
    });
  });
  const imputed = Array.from({ length: rowCount }, (_, row) =>
    names.filter((_name, feature) => isMissing[row * featureCount + feature] === 1).join(' '),
  );
  columns.push(
    {
      name: 'sisg',
      data: features.sisg,
      repeat: 1,
      ucd: 'meta.code',
      description: '1 where small, isolated, single Gaussian',
    },
    { name: 'imputed', data: imputed, repeat: 1, description: 'Features that stand in for a missing value' },
    { name: 'unusable', data: unusable, repeat: 1, description: 'Column that keeps the row from having features' },
  );
  return { rowCount, columns };
}
