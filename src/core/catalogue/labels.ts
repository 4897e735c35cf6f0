import { DomainFailure } from '../result/failure.ts';
import type { Table } from '../table/table.ts';
import { findColumn, textsOf } from '../table/table.ts';
import type { JoinReport } from './join-report.ts';
import { deblendedFrom, joinOf, placedNames } from './label-join.ts';
import type { Positions } from './position-join.ts';

/** `artefact`: the component catalogue leaves the row out. `unlabelled`: the labels do not speak of the row. */
export type LabelClass = 'MC' | 'S' | 'artefact' | 'unlabelled';

/**
 * What became of a row in the association, in the flags of the authors' DR1 table (laraalegre/lotss-dr1): 1 single,
 * 2 sent to deblending but left whole, 4 deblended, 8 grouped with other rows; sums for both. 0 where it is not known.
 */
export type AssociationFlag = 0 | 1 | 3 | 4 | 8 | 10 | 12;

/** Labels in the order of the rows they were asked for. */
export interface RowLabels {
  readonly labelClass: readonly LabelClass[];
  readonly flag: Uint8Array;
  /** Name of the physical source of each row; a row without one (artefact, unlabelled) is its own. */
  readonly physicalSource: readonly string[];
  /** 1 where one row holds several physical sources: class S, and kept in the training set on purpose. */
  readonly isBlend: Uint8Array;
  /** 1 where a row is deblended and grouped at once: class S in evaluation, left out of data sets. */
  readonly isExcludedFromTraining: Uint8Array;
  /** Which rows the labels of a file speak of, and how they were found. */
  readonly join?: JoinReport | undefined;
}

const COMPONENT_COLUMN = 'Component_Name';
/** The column of the physical source: DR2 says Parent_Source, DR1 Source_Name. */
const GROUP_COLUMNS = ['Parent_Source', 'Source_Name'];
const LABEL_COLUMN = 'label';

/** What a `label` column may say; anything else leaves the row unlabelled. */
const GIVEN_LABELS: Partial<Record<string, { readonly labelClass: LabelClass; readonly flag: AssociationFlag }>> = {
  MC: { labelClass: 'MC', flag: 8 },
  S: { labelClass: 'S', flag: 1 },
  blend: { labelClass: 'S', flag: 4 },
  artefact: { labelClass: 'artefact', flag: 0 },
};

/** Where one source-finder row ended up. */
interface Destination {
  readonly associations: Set<string>;
  wasDeblended: boolean;
}

/**
 * Labels from a component catalogue (DR1 `merge_ID…comp`, DR2 `…components`), or from a table with a `label` column: of
 * components, or of catalogue rows alone (`Source_Name,label`), as the labels made in the window are written.
 *
 * A component belongs to the source-finder row of its own name, or to that in `Deblended_from`. A row is MC where all
 * of it went into one physical source together with another row; this gives every count of the paper (9,046 MC).
 *
 * A component whose name is no row's is that row at whose position it lies (within 0.1″), where both have positions.
 *
 * @param names `Source_Name` of the rows to label
 * @param positions of the rows [deg, ICRS]
 * @throws DomainFailure labels-invalid: columns missing, or not one row is named
 */
export function labelRows(names: readonly string[], table: Table, path: string, positions?: Positions): RowLabels {
  const given = findColumn(table, LABEL_COLUMN);
  // A list of labels names catalogue rows: without components each row is its own source.
  const isLabelList = given !== undefined && findColumn(table, COMPONENT_COLUMN) === undefined;
  const { component, byPosition } = placedNames(
    requiredTexts(table, isLabelList ? 'Source_Name' : COMPONENT_COLUMN, path),
    { names, table, path, positions },
  );
  const groupColumn = GROUP_COLUMNS.map((name) => findColumn(table, name)).find((column) => column !== undefined);
  if (groupColumn === undefined) {
    throw new DomainFailure({ kind: 'labels-invalid', path, why: 'it has no column Source_Name or Parent_Source' });
  }
  const group = textsOf(groupColumn)!;
  const labels =
    given === undefined
      ? labelsByAssociation(names, component, group, deblendedFrom(table))
      : labelsAsGiven(names, { component, group, label: textsOf(given)! }, path);
  const labelled = { ...labels, join: joinOf(names, { component, deblended: deblendedFrom(table), byPosition }, path) };
  if (labels.labelClass.every((label) => label === 'artefact' || label === 'unlabelled')) {
    throw new DomainFailure({ kind: 'labels-invalid', path, why: 'none of its components is a row of the catalogue' });
  }
  return labelled;
}

function requiredTexts(table: Table, name: string, path: string): readonly string[] {
  const column = findColumn(table, name);
  const texts = column === undefined ? undefined : textsOf(column);
  if (texts === undefined) throw new DomainFailure({ kind: 'labels-invalid', path, why: `it has no column ${name}` });
  return texts;
}

function labelsByAssociation(
  names: readonly string[],
  component: readonly string[],
  group: readonly string[],
  deblended: readonly string[],
): RowLabels {
  const destinations = new Map<string, Destination>();
  const members = new Map<string, Set<string>>();
  component.forEach((componentName, row) => {
    const origin = deblended[row]!;
    const pybdsfName = origin === '' ? componentName.trim() : origin;
    const association = group[row]!.trim();
    const destination = destinations.get(pybdsfName) ?? { associations: new Set(), wasDeblended: false };
    destination.associations.add(association);
    destination.wasDeblended ||= origin !== '';
    destinations.set(pybdsfName, destination);
    const rows = members.get(association) ?? new Set();
    members.set(association, rows.add(pybdsfName));
  });

  const labels = emptyLabels(names, 'artefact');
  names.forEach((name, row) => {
    const destination = destinations.get(name.trim());
    if (destination === undefined) return;
    const associations = [...destination.associations];
    const shared = associations.find((association) => members.get(association)!.size > 1);
    const flag = flagOf(destination, shared !== undefined);
    labels.flag[row] = flag;
    labels.labelClass[row] = flag === 8 || flag === 10 ? 'MC' : 'S';
    labels.physicalSource[row] = shared ?? associations[0]!;
    labels.isBlend[row] = flag === 4 || flag === 12 ? 1 : 0;
    labels.isExcludedFromTraining[row] = flag === 12 ? 1 : 0;
  });
  return labels;
}

function flagOf(destination: Destination, isShared: boolean): AssociationFlag {
  if (destination.associations.size > 1) return isShared ? 12 : 4;
  if (destination.wasDeblended) return isShared ? 10 : 3;
  return isShared ? 8 : 1;
}

function labelsAsGiven(
  names: readonly string[],
  { component, group, label }: Record<'component' | 'group' | 'label', readonly string[]>,
  path: string,
): RowLabels {
  const rowOf = new Map<string, number>();
  component.forEach((name, row) => {
    const earlier = rowOf.get(name.trim());
    if (earlier !== undefined && label[earlier]!.trim() !== label[row]!.trim()) {
      const why = `${name.trim()} is both ${label[earlier]!.trim()} and ${label[row]!.trim()}`;
      throw new DomainFailure({ kind: 'labels-invalid', path, why });
    }
    rowOf.set(name.trim(), row);
  });
  const labels = emptyLabels(names, 'unlabelled');
  names.forEach((name, row) => {
    const at = rowOf.get(name.trim());
    const meaning = at === undefined ? undefined : GIVEN_LABELS[label[at]!.trim()];
    if (at === undefined || meaning === undefined) return;
    labels.labelClass[row] = meaning.labelClass;
    labels.flag[row] = meaning.flag;
    labels.isBlend[row] = meaning.flag === 4 ? 1 : 0;
    if (meaning.labelClass === 'artefact') return;
    // A row that names no physical source is its own: all of them together would be one source otherwise.
    labels.physicalSource[row] = group[at]!.trim() || labels.physicalSource[row]!;
  });
  return labels;
}

/** Labels that say the same of every row, each its own physical source. */
export function emptyLabels(
  names: readonly string[],
  labelClass: LabelClass,
): RowLabels & {
  readonly labelClass: LabelClass[];
  readonly physicalSource: string[];
} {
  return {
    labelClass: names.map(() => labelClass),
    flag: new Uint8Array(names.length),
    physicalSource: names.map((name, row) => (name === '' ? `row ${row + 1}` : name)),
    isBlend: new Uint8Array(names.length),
    isExcludedFromTraining: new Uint8Array(names.length),
  };
}
