import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { Positions } from '../../core/catalogue/position-join.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadLabels } from '../catalogue-files/load-labels.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import { sha256OfFile } from '../model-store/file-hash.ts';

/** Where the labels of a field come from: a component catalogue or labels file, or labels made in the window. */
export type LabelSource =
  | { readonly kind: 'file'; readonly path: string }
  /** One label per row of the field's catalogue, in its order. */
  | { readonly kind: 'rows'; readonly labels: RowLabels };

/** A field that can be learned from. */
export interface TrainingField {
  readonly name: string;
  readonly files: FieldFiles;
  readonly labels: LabelSource;
}

/** @throws DomainFailure labels-invalid, or what reading the file throws */
export async function labelsOf(
  source: LabelSource,
  names: readonly string[],
  positions: Positions | undefined,
): Promise<RowLabels> {
  if (source.kind === 'file') return loadLabels(source.path, names, positions);
  const { length } = source.labels.labelClass;
  if (length !== names.length) throw new RangeError(`${length} labels for ${names.length} rows`);
  return source.labels;
}

const CATALOGUE_ENDING = '.srl.fits';

/**
 * Finds the fields in the given folders: for each `NAME.srl.fits` the mosaic `NAME-mosaic.fits` or `NAME.fits`,
 * `NAME.components.fits`, and `NAME.gaul.fits` where there is one. Sorted by folder as given, then by name.
 * @throws DomainFailure 'file-not-found' for a missing folder or file, 'training-data-insufficient' where a folder has
 * no field
 */
export async function findTrainingFields(folders: readonly string[]): Promise<TrainingField[]> {
  const fields: TrainingField[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder).catch(() => {
      throw new DomainFailure({ kind: 'file-not-found', path: folder });
    });
    const catalogues = entries.filter((entry) => entry.endsWith(CATALOGUE_ENDING)).sort();
    if (catalogues.length === 0) {
      const why = `${folder} has no *${CATALOGUE_ENDING}; make fields with \`lobate simulate\``;
      throw new DomainFailure({ kind: 'training-data-insufficient', why });
    }
    for (const catalogue of catalogues) {
      const name = basename(catalogue, CATALOGUE_ENDING);
      fields.push({
        name,
        files: {
          catalogue: join(folder, catalogue),
          mosaics: [firstThatExists([join(folder, `${name}-mosaic.fits`), join(folder, `${name}.fits`)])],
          gaussians: [join(folder, `${name}.gaul.fits`)].find((path) => existsSync(path)),
        },
        labels: { kind: 'file', path: firstThatExists([join(folder, `${name}.components.fits`)]) },
      });
    }
  }
  return fields;
}

/** What a field is called: its catalogue's file without the endings. */
export function fieldNameOf(catalogue: string): string {
  return basename(catalogue).replace(/(\.srl)?\.(fits|csv|vot|xml|ecsv|parquet)(\.gz)?$/i, '');
}

function firstThatExists(paths: readonly string[]): string {
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new DomainFailure({ kind: 'file-not-found', path: paths[0]! });
  return found;
}

/** SHA-256 over the SHA-256 of every file of the fields, in their order: names and places do not matter. */
export async function sha256OfFields(fields: readonly TrainingField[]): Promise<string> {
  const hash = createHash('sha256');
  const addFile = async (path: string | undefined): Promise<void> => {
    hash.update(path === undefined ? '-' : await sha256OfFile(path)).update('\n');
  };
  for (const { files, labels } of fields) {
    for (const mosaic of files.mosaics) await addFile(mosaic);
    await addFile(files.catalogue);
    await addFile(files.gaussians);
    if (files.lr !== undefined) await addFile(files.lr);
    if (labels.kind === 'file') await addFile(labels.path);
    else hashLabels(hash, labels.labels);
  }
  return hash.digest('hex');
}

function hashLabels(hash: Hash, { labelClass, physicalSource, flag }: RowLabels): void {
  labelClass.forEach((label, row) => hash.update(`${label} ${flag[row]!} ${physicalSource[row]!}\n`));
}
