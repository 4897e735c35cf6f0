import type { CatalogueColumn } from '../../../contract/table.ts';
import { inputColumnId } from '../../state/table.ts';

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
  readonly isNumber: boolean;
  /** Smallest width [CSS pixel], and the share of what is left over. */
  readonly leastPx: number;
  readonly share: number;
  /** What the worker calls its values. */
  readonly orderedBy: string;
}

/** The columns that every field has. */
const STANDARD: readonly TableColumn[] = [
  {
    id: 'source',
    label: 'Source',
    unit: '',
    hint: 'Source_Name',
    isNumber: false,
    leastPx: 172,
    share: 2.4,
    orderedBy: 'name',
  },
  {
    id: 'p',
    label: 'P(MC)',
    unit: '',
    hint: 'mc_probability: softmax output under the balanced training prior, not a calibrated rate',
    isNumber: false,
    leastPx: 92,
    share: 1.6,
    orderedBy: 'mc_probability',
  },
  {
    id: 'flux',
    label: 'Flux',
    unit: '',
    hint: 'Total flux',
    isNumber: true,
    leastPx: 76,
    share: 1,
    orderedBy: 'total_flux_mjy',
  },
  {
    id: 'maj',
    label: 'Maj',
    unit: '',
    hint: 'FWHM of the major axis',
    isNumber: true,
    leastPx: 48,
    share: 0.7,
    orderedBy: 'maj_arcsec',
  },
  {
    id: 'nn',
    label: 'NN',
    unit: '',
    hint: 'nn_dist: distance to the nearest other source [arcsec]',
    isNumber: true,
    leastPx: 52,
    share: 0.8,
    orderedBy: 'nn_dist',
  },
  {
    id: 'status',
    label: 'Status',
    unit: '',
    hint: 'MC: at or above the threshold. S: below. SISG: small, isolated, single Gaussian. No mosaic: the source lies on none of the open mosaics.',
    isNumber: false,
    leastPx: 64,
    share: 1,
    orderedBy: 'status',
  },
  {
    id: 'twice',
    label: 'Same as',
    unit: '',
    hint: 'duplicate_of: another row that describes the same source, of another mosaic or of the same',
    isNumber: false,
    leastPx: 172,
    share: 1.6,
    orderedBy: 'duplicate_row',
  },
  {
    id: 'label',
    label: 'Label',
    unit: '',
    hint: 'Given by hand',
    isNumber: false,
    leastPx: 52,
    share: 0.8,
    orderedBy: 'label',
  },
];

/** Every column that can be shown: the standard ones, then those of the file in its order. */
export function tableColumns(described: readonly CatalogueColumn[] | undefined): readonly TableColumn[] {
  const own = (described ?? []).map(({ name, kind, unit, description }) => ({
    id: inputColumnId(name),
    label: name,
    unit,
    hint: [description, unit === '' ? '' : `[${unit}]`, 'as in the catalogue'].filter((part) => part !== '').join(' '),
    isNumber: kind === 'number',
    leastPx: kind === 'number' ? 84 : 96,
    share: 1,
    orderedBy: name,
  }));
  return [...STANDARD, ...own];
}

/** Names that a filter can use for what Lobate found, beside the columns of the file. */
export const OWN_NAMES = ['mc_probability', 'status', 'sisg', 'nn_dist', 'nn_45', 'duplicate_row', 'label'] as const;
