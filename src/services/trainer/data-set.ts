import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { chooseBalancedSet, partCodesOf } from '../../core/training/balanced-set.ts';
import type { DataSetReport, DataSetVerdict, PlacedRows } from '../../core/training/data-set-report.ts';
import { describeDataSet, judgeDataSet } from '../../core/training/data-set-report.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import type { LabelledRows, LeftOutRows } from './labelled-rows.ts';
import { openLabelledRows } from './labelled-rows.ts';
import type { TrainingField } from './training-fields.ts';

/** What a training would learn from, found out before it. */
export interface DataSetPreflight extends DataSetVerdict {
  /** Absent where no set can be chosen: then there is a refusal. */
  readonly report: DataSetReport | undefined;
  readonly leftOut: LeftOutRows;
  readonly candidateCount: number;
  /** What joined of the labels, and what was found in the files themselves. */
  readonly notices: readonly string[];
}

/** Looks at labels, classes, split and overlaps without reading a pixel. @throws DomainFailure of an unusable file */
export async function preflightDataSet(
  fields: readonly TrainingField[],
  recipe: Recipe,
  training: TrainingRecipe,
): Promise<DataSetPreflight> {
  const rows = await openLabelledRows(fields, recipe);
  try {
    const common = {
      leftOut: rows.leftOut,
      candidateCount: rows.count,
      notices: [
        ...rows.joins.map(joinSentence),
        ...rows.fields.flatMap(({ field }) => field.notices.map(({ message }) => message)),
      ],
    };
    try {
      const report = describeDataSet(placed(rows), chooseBalancedSet(rows, training));
      return { ...common, report, ...judgeDataSet(report, training) };
    } catch (thrown) {
      if (!(thrown instanceof DomainFailure) || thrown.error.kind !== 'training-data-insufficient') throw thrown;
      return { ...common, report: undefined, refusals: [thrown.error.why], warnings: [] };
    }
  } finally {
    await rows.close();
  }
}

function placed(rows: LabelledRows): PlacedRows {
  const positionOf = (axis: 'raDeg' | 'decDeg'): Float64Array =>
    Float64Array.from(rows.row, (row, index) => rows.fields[rows.field[index]!]!.field.catalogue[axis][row]!);
  return { ...rows, raDeg: positionOf('raDeg'), decDeg: positionOf('decDeg') };
}

/**
 * The data set as a table that the authors' own notebooks read: each candidate's name, class, physical source and
 * `mc_dl_dataset` (0 none, 1 train, 2 test, 3 validation). The same files and seed give the same bytes.
 */
export function dataSetTable(rows: LabelledRows, fields: readonly TrainingField[], training: TrainingRecipe): Table {
  const codes = partCodesOf(chooseBalancedSet(rows, training), rows.count);
  const { raDeg, decDeg } = placed(rows);
  const text = (name: string, data: readonly string[], description: string): Table['columns'][number] => ({
    name,
    data,
    repeat: 1,
    description,
  });
  const number = (
    name: string,
    data: Float64Array | Int16Array,
    unit: string | undefined,
    ucd: string | undefined,
    description: string,
  ): Table['columns'][number] => ({ name, data, repeat: 1, unit, ucd, description });
  const catalogueOf = (index: number) => rows.fields[rows.field[index]!]!.field.catalogue;
  return {
    name: 'data_set',
    rowCount: rows.count,
    columns: [
      text(
        'Source_Name',
        Array.from(rows.row, (row, index) => catalogueOf(index).name[row]!),
        'name of the row in its catalogue',
      ),
      text(
        'field',
        Array.from(rows.field, (field) => fields[field]!.name),
        'field that the row belongs to',
      ),
      number('RA', raDeg, 'deg', 'pos.eq.ra', 'right ascension'),
      number('DEC', decDeg, 'deg', 'pos.eq.dec', 'declination'),
      text(
        'label',
        Array.from(rows.isMc, (isMc) => (isMc === 1 ? 'MC' : 'S')),
        'class',
      ),
      text('Parent_Source', rows.physicalSource, 'physical source, by field'),
      number('is_sisg', Int16Array.from(rows.isSisg), undefined, undefined, '1: small, isolated, single Gaussian'),
      number(
        'mc_dl_dataset',
        Int16Array.from(codes),
        undefined,
        undefined,
        '0 not in the data set, 1 train, 2 test, 3 validation',
      ),
    ],
  };
}
