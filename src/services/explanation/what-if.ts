import type { WhatIfAnswer, WhatIfChange } from '../../contract/explanation-schemas.ts';
import { featuresOfRow } from '../../core/features/compute-features.ts';
import { withoutNeighbours } from '../../core/features/neighbours.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ExplainedField } from './explained-field.ts';
import { pictureOf } from './explained-field.ts';
import { featuresOf, imageOf, probabilitiesOf } from './input-variants.ts';

/**
 * P(MC) of a source as it is not: without a neighbour, with another value of a feature, or centred elsewhere. A dropped
 * neighbour leaves the features and stays in the image; a shift moves the image and leaves the features; a value that is
 * given stands, whatever else was changed. Nothing is stored.
 * @throws DomainFailure `argument-invalid` for a feature or neighbour that the source does not have
 */
export async function whatIf(explained: ExplainedField, row: number, change: WhatIfChange): Promise<WhatIfAnswer> {
  const own = { image: imageOf(explained, await pictureOf(explained, row)), features: featuresOf(explained, row) };
  const image = imageOf(explained, await pictureOf(explained, row, change.shiftPix));
  const features = changedFeatures(explained, row, own.features, change);
  const [before, after] = await probabilitiesOf(explained, [own, { image, features }]);
  const { names, units } = explained.field.features;
  return {
    before: before!,
    after: after!,
    changed: names.flatMap((name, index) =>
      features[index] === own.features[index]
        ? []
        : [{ name, unit: units[index]!, before: own.features[index]!, after: features[index]! }],
    ),
  };
}

function changedFeatures(
  { field, recipe }: ExplainedField,
  row: number,
  own: Float64Array,
  change: WhatIfChange,
): Float64Array {
  const { catalogue, features: table } = field;
  const { perRow, rows } = table.neighbours;
  const known = rows.subarray(row * perRow, (row + 1) * perRow);
  for (const neighbour of change.withoutNeighbours) {
    if (!known.includes(neighbour)) throw refusal(`row ${neighbour}`, `it is no near neighbour of row ${row}`);
  }
  const features =
    change.withoutNeighbours.length === 0
      ? own.slice()
      : featuresOfRow(
          catalogue,
          field,
          recipe.features,
          withoutNeighbours(table.neighbours, row, change.withoutNeighbours),
          row,
        );
  for (const { name, value } of change.features) {
    const index = table.names.indexOf(name);
    if (index < 0) throw refusal(name, 'the model has no such feature');
    features[index] = value;
  }
  return features;
}

function refusal(name: string, why: string): DomainFailure {
  return new DomainFailure({ kind: 'argument-invalid', name, why });
}
