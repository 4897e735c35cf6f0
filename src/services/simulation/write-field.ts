import { join } from 'node:path';
import { fitsTableBytes } from '../../core/fits/write.ts';
import { makeFolder, writeAtomically } from '../fits-files/atomic-write.ts';
import { fieldTables } from './field-tables.ts';
import { mosaicPieces } from './mosaic-file.ts';
import type { SimulatedField } from './simulate-field.ts';

/** Paths of a written field. */
export interface FieldFiles {
  readonly mosaic: string;
  readonly catalogue: string;
  readonly gaussians: string;
  readonly components: string;
}

export function fieldFilesIn(folder: string, fieldName: string): FieldFiles {
  return {
    mosaic: join(folder, `${fieldName}-mosaic.fits`),
    catalogue: join(folder, `${fieldName}.srl.fits`),
    gaussians: join(folder, `${fieldName}.gaul.fits`),
    components: join(folder, `${fieldName}.components.fits`),
  };
}

/**
 * Writes a field: mosaic, source and Gaussian catalogues with DR1's columns and units, component catalogue. The mosaic
 * comes last, so a folder with a mosaic has all four.
 * @throws DomainFailure file-unwritable
 */
export async function writeField(folder: string, field: SimulatedField): Promise<FieldFiles> {
  await makeFolder(folder);
  const files = fieldFilesIn(folder, field.plan.name);
  const tables = fieldTables(field);
  await writeAtomically(files.catalogue, fitsTableBytes(tables.catalogue));
  await writeAtomically(files.gaussians, fitsTableBytes(tables.gaussians));
  await writeAtomically(files.components, fitsTableBytes(tables.components));
  await writeAtomically(files.mosaic, mosaicPieces(field.plan, field.image));
  return files;
}
