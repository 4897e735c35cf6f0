import type { ExportFormat } from '../../../contract/export.ts';
import type { TableFileFormat } from '../../../contract/table-formats.ts';
import { TABLE_FILE_FORMATS } from '../../../contract/table-formats.ts';

const REGIONS = {
  ds9: { title: 'DS9 regions', endings: ['.reg'], keeps: 'one ellipse per source, with its name, P(MC) and class' },
  crtf: { title: 'CARTA and CASA regions', endings: ['.crtf'], keeps: 'one ellipse per source, with name and P(MC)' },
} as const;

const PICTURES = {
  moc: { title: 'Coverage of the field, MOC', endings: ['.fits'], keeps: 'where the mosaics have finite pixels' },
  'cutout-fits': { title: 'Cutout, FITS', endings: ['.fits'], keeps: 'the pixels about the source, with their WCS' },
  'cutout-png': { title: 'Cutout, PNG', endings: ['.png'], keeps: 'the first channel of what the model saw' },
} as const;

const FORMATS = { ...TABLE_FILE_FORMATS, ...REGIONS, ...PICTURES };

const choicesOf = (formats: readonly ExportFormat[]): { value: ExportFormat; label: string }[] =>
  formats.map((value) => ({ value, label: `${FORMATS[value].title} (${FORMATS[value].endings[0]})` }));

export const FORMAT_CHOICES = [
  { group: 'Tables', items: choicesOf(Object.keys(TABLE_FILE_FORMATS) as TableFileFormat[]) },
  { group: 'Regions', items: choicesOf(['ds9', 'crtf']) },
  { group: 'The selected source', items: choicesOf(['cutout-fits', 'cutout-png']) },
  { group: 'The field', items: choicesOf(['moc']) },
];

/** What is left of a list in a format, as a sentence. */
export function keepsOf(format: ExportFormat): string {
  const { keeps } = FORMATS[format];
  return `Keeps ${keeps}.`;
}
