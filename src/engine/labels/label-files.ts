import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenProject } from '../project/open-project.ts';

const TABLE = /\.(fits|csv|ecsv|tsv|vot|xml|parquet)(\.gz)?$/i;
const COMPONENTS = /comp|label/i;
/** Mosaics and the catalogues of a source finder hold no labels. */
const NO_LABELS = /mosaic|\.srl\.|\.gaul\.|\.gaus\./i;

/** Tables in the folder of the open catalogue that may hold its labels; those called so first. No link is followed. */
export async function labelFilesOf({ field }: OpenProject): Promise<string[]> {
  const folder = dirname(field.field.catalogue.path);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && TABLE.test(entry.name) && !NO_LABELS.test(entry.name));
  const rank = (name: string): number => (COMPONENTS.test(name) ? 0 : 1);
  return names
    .map(({ name }) => name)
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => join(folder, name));
}
