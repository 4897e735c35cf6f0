import type { SisgThresholds } from '../features/feature-recipe.ts';
import { PUBLISHED_SISG } from '../features/feature-recipe.ts';
import type { Recipe } from '../network/recipe.ts';
import type { TableEntry } from '../table/table.ts';

export type InputRole = 'mosaic' | 'catalogue' | 'gaussians' | 'lr' | 'labels';

/** A file that a list was made from, so that it can be found again wherever it lies. */
export interface InputFile {
  readonly role: InputRole;
  /** Name without its folder, with the selector it was given (`cube.fits[plane=2]`). */
  readonly name: string;
  readonly sizeBytes: number;
  /** `sampled-sha256:` and 64 hexadecimal digits. */
  readonly fingerprint: string;
}

/** Which rows a list has: all of them, those of class MC, or those that somebody chose. */
export type RowChoice = 'all' | 'flagged' | 'selection';

/** Under which names our columns stand: Lobate's, or those of the table that the paper published. */
export type ColumnNames = 'lobate' | 'paper';

/** Everything that has to be known to make a list of predictions again, or to doubt it. */
export interface Provenance {
  /** `Lobate 0.1.0`. */
  readonly software: string;
  /** When the list was written [UTC, ISO 8601 to the second]. */
  readonly date: string;
  readonly modelId: string;
  /** SHA-256 of the network's weights, hexadecimal. */
  readonly modelSha256: string;
  readonly isTrained: boolean;
  /** Seed of the model's training; NaN where it is not known. */
  readonly seed: number;
  readonly recipe: Recipe;
  /** Class MC from this P(MC) on [0..1]. */
  readonly threshold: number;
  readonly scoreSisg: boolean;
  /** What ran the network; undefined where it was not recorded. */
  readonly device?: string | undefined;
  readonly rows: RowChoice;
  /** The rows of a selection, 0-based, as in `0-4,9`; undefined for the other choices. */
  readonly selectedRows?: string | undefined;
  readonly columnNames: ColumnNames;
  /** `hand`: labels of `multi_component` were given in a project, and stand in no file. */
  readonly labelsBy?: 'hand' | undefined;
  /** How columns without a unit were read (`survey`, `pybdsf`); undefined where nobody said. */
  readonly units?: string | undefined;
  /** Columns that were mapped by hand, as in `Maj=a`. */
  readonly columnMap: readonly string[];
  /** Mosaics in the order of the run, then the catalogues. */
  readonly inputs: readonly InputFile[];
}

export type NamedModel = Pick<Provenance, 'modelId' | 'modelSha256'>;

/** What an entry is called, in a FITS header as well. */
const ENTRY = {
  software: ['lobate_software', 'LBSOFT', 'Program that wrote this table'],
  date: ['lobate_date', 'LBDATE', 'UTC of writing'],
  modelId: ['lobate_model', 'LBMODEL', 'Model'],
  modelSha256: ['lobate_model_sha256', 'LBSHA256', 'SHA-256 of its weights'],
  isTrained: ['lobate_model_trained', 'LBTRAIND', 'False: UNTRAINED, numbers mean nothing'],
  seed: ['lobate_model_seed', 'LBSEED', 'Seed of its training'],
  recipeName: ['lobate_recipe', 'LBRECIPE', 'Recipe'],
  recipe: ['lobate_recipe_json', 'LBRECJSN', 'All settings of the recipe'],
  threshold: ['lobate_threshold', 'LBTHRESH', 'Class MC from this P(MC) on'],
  sisgRule: ['lobate_sisg_rule', 'LBSISG', 'SISG: class S without a look'],
  scoreSisg: ['lobate_score_sisg', 'LBSCSISG', 'SISG rows have raw model values'],
  device: ['lobate_device', 'LBDEVICE', 'What ran the network'],
  rows: ['lobate_rows', 'LBROWS', 'Rows of the catalogue that are here'],
  selectedRows: ['lobate_selected_rows', 'LBSELECT', '0-based rows of the catalogue'],
  columnNames: ['lobate_column_names', 'LBNAMES', 'Names of the added columns'],
  labelsBy: ['lobate_labels_by', 'LBLABELS', 'hand: labels were given in a project'],
  units: ['lobate_units', 'LBUNITS', 'Units of columns that name none'],
  columnMap: ['lobate_column_map', 'LBMAP', 'Columns named by hand, OUR=THEIRS'],
} as const satisfies Readonly<Record<string, readonly [name: string, keyword: string, description: string]>>;

type EntryKey = keyof typeof ENTRY;

const INPUT_NAME = /^(?:lobate_input_|LBIN)(\d+)$/;
const INPUT_DESCRIPTION = 'role, bytes, hash, name';

const entry = (key: EntryKey, value: TableEntry['value']): TableEntry => {
  const [name, keyword, description] = ENTRY[key];
  return { name, keyword, value, description };
};

/** The provenance as entries of a table, one fact each, for people and for `provenanceOf`. */
export function provenanceEntries(provenance: Provenance): readonly TableEntry[] {
  const { recipe, device, selectedRows, labelsBy } = provenance;
  return [
    ...modelEntries(provenance),
    entry('threshold', provenance.threshold),
    entry('sisgRule', sisgRuleText(recipe.features.sisg ?? PUBLISHED_SISG)),
    entry('scoreSisg', provenance.scoreSisg),
    ...(device === undefined ? [] : [entry('device', device)]),
    entry('rows', provenance.rows),
    ...(selectedRows === undefined ? [] : [entry('selectedRows', selectedRows)]),
    entry('columnNames', provenance.columnNames),
    ...(labelsBy === undefined ? [] : [entry('labelsBy', labelsBy)]),
    ...inputEntries(provenance),
  ];
}

/** Which program and which model made a table, and by which recipe. */
export function modelEntries(
  made: Pick<Provenance, 'software' | 'date' | 'modelId' | 'modelSha256' | 'isTrained' | 'seed' | 'recipe'>,
): readonly TableEntry[] {
  return [
    entry('software', made.software),
    entry('date', made.date),
    entry('modelId', made.modelId),
    entry('modelSha256', made.modelSha256),
    entry('isTrained', made.isTrained),
    ...(Number.isNaN(made.seed) ? [] : [entry('seed', made.seed)]),
    entry('recipeName', made.recipe.name),
    entry('recipe', JSON.stringify(made.recipe)),
  ];
}

/** Which files a table was made from, and how they were read. */
export function inputEntries({
  units,
  columnMap,
  inputs,
}: Pick<Provenance, 'units' | 'columnMap' | 'inputs'>): readonly TableEntry[] {
  return [
    ...(units === undefined ? [] : [entry('units', units)]),
    ...(columnMap.length === 0 ? [] : [entry('columnMap', JSON.stringify(columnMap))]),
    ...inputs.map(({ role, name, sizeBytes, fingerprint }, index) => ({
      name: `lobate_input_${index + 1}`,
      keyword: `LBIN${index + 1}`,
      value: `${role} ${sizeBytes} ${fingerprint} ${name}`,
      description: INPUT_DESCRIPTION,
    })),
  ];
}

const sisgRuleText = ({ majBelowArcsec, isolationArcsec, largestGaussianCount }: SisgThresholds): string =>
  `Maj < ${majBelowArcsec} arcsec; no other source within ${isolationArcsec} arcsec; ` +
  `at most ${largestGaussianCount} Gaussian; no large optical galaxy`;

/** The model that a table says it was made by; undefined where it does not say. */
export function modelOf(entries: readonly TableEntry[]): NamedModel | undefined {
  const [modelId, modelSha256] = (['modelId', 'modelSha256'] as const).map((key) => textOf(entries, key));
  return modelSha256 === undefined ? undefined : { modelId: modelId ?? '', modelSha256 };
}

/** By its name, or by its keyword where the file is FITS. */
function textOf(entries: readonly TableEntry[], key: EntryKey): string | undefined {
  const [name, keyword] = ENTRY[key];
  const found = entries.findLast((one) => one.name === name) ?? entries.findLast((one) => one.name === keyword);
  return found && String(found.value);
}

/**
 * The provenance that a table's entries tell. The recipe is JSON of unknown shape until somebody checks it.
 * @returns undefined where the table was not written by Lobate, or its entries are broken
 */
export function provenanceOf(
  entries: readonly TableEntry[],
): (Omit<Provenance, 'recipe'> & { readonly recipe: unknown }) | undefined {
  const text = (key: EntryKey): string | undefined => textOf(entries, key);
  const software = text('software');
  const modelSha256 = text('modelSha256');
  const recipe = parsedJson(text('recipe'));
  const threshold = Number(text('threshold') ?? Number.NaN);
  const rows = text('rows');
  const columnNames = text('columnNames');
  const inputs = inputsOf(entries);
  const columnMap = parsedJson(text('columnMap')) ?? [];
  if (
    software === undefined ||
    modelSha256 === undefined ||
    recipe === undefined ||
    !(threshold >= 0 && threshold <= 1) ||
    (rows !== 'all' && rows !== 'flagged' && rows !== 'selection') ||
    (columnNames !== 'lobate' && columnNames !== 'paper') ||
    inputs === undefined ||
    !isTextList(columnMap)
  ) {
    return undefined;
  }
  return {
    software,
    date: text('date') ?? '',
    modelId: text('modelId') ?? '',
    modelSha256,
    isTrained: isTrue(text('isTrained')),
    seed: Number(text('seed') ?? Number.NaN),
    recipe,
    threshold,
    scoreSisg: isTrue(text('scoreSisg')),
    device: text('device'),
    rows,
    selectedRows: text('selectedRows'),
    columnNames,
    labelsBy: text('labelsBy') === 'hand' ? 'hand' : undefined,
    units: text('units'),
    columnMap,
    inputs,
  };
}

/** As FITS, VOTable and YAML spell it. */
const isTrue = (text: string | undefined): boolean => text === 'true' || text === 'T';

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function parsedJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const INPUT_VALUE = /^(mosaic|catalogue|gaussians|lr|labels) (\d{1,15}) (sampled-sha256:[0-9a-f]{64}) (.+)$/s;

/** In their order; undefined where one cannot be understood or there is none. */
function inputsOf(entries: readonly TableEntry[]): readonly InputFile[] | undefined {
  const inputs: InputFile[] = [];
  for (const { name, value } of entries) {
    if (!INPUT_NAME.test(name)) continue;
    const parts = INPUT_VALUE.exec(String(value));
    if (parts === null) return undefined;
    inputs.push({
      role: parts[1] as InputRole,
      sizeBytes: Number(parts[2]),
      fingerprint: parts[3]!,
      name: parts[4]!,
    });
  }
  return inputs.length === 0 ? undefined : inputs;
}
