import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';
import { sha256OfFile } from '../model-store/file-hash.ts';

/** The files of one field with labels, as `lobate simulate` writes them. */
export interface TrainingField {
  readonly name: string;
  readonly mosaic: string;
  readonly catalogue: string;
  readonly gaussians: string | undefined;
  /** Component catalogue: which rows belong together. */
  readonly components: string;
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
        catalogue: join(folder, catalogue),
        mosaic: firstThatExists([join(folder, `${name}-mosaic.fits`), join(folder, `${name}.fits`)]),
        components: firstThatExists([join(folder, `${name}.components.fits`)]),
        gaussians: [join(folder, `${name}.gaul.fits`)].find((path) => existsSync(path)),
      });
    }
  }
  return fields;
}

function firstThatExists(paths: readonly string[]): string {
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new DomainFailure({ kind: 'file-not-found', path: paths[0]! });
  return found;
}

/** SHA-256 over the SHA-256 of every file of the fields, in their order: names and places do not matter. */
export async function sha256OfFields(fields: readonly TrainingField[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { mosaic, catalogue, gaussians, components } of fields) {
    for (const path of [mosaic, catalogue, gaussians, components]) {
      hash.update(path === undefined ? '-' : await sha256OfFile(path)).update('\n');
    }
  }
  return hash.digest('hex');
}
