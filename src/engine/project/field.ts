import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceColumns } from '../../contract/column-sets.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import type { Notice } from '../../core/result/notice.ts';
import type { FeatureRecipe } from '../../core/features/feature-recipe.ts';
import { closeMosaics } from '../../services/fits-files/open-mosaics.ts';
import type { MosaicAssignment } from '../../services/inference/assign-mosaics.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { Field } from '../../services/inference/open-field.ts';
import type { OpeningOptions } from '../../services/inference/opening-steps.ts';
import type { TileService } from '../../services/tiles/tile-service-types.ts';
import type { EngineServices } from '../engine-services.ts';

/** The field the engine has open: what the window asks for again and again, kept in memory as columns. */
export interface EngineField {
  readonly field: Field;
  readonly assignment: MosaicAssignment;
  readonly sisgCount: number;
  readonly onMosaicCount: number;
  /** Body of `/data/sources`. */
  readonly packedSources: Uint8Array<ArrayBuffer>;
  readonly tiles: TileService;
  readonly notices: readonly Notice[];
  close(): Promise<void>;
}

/** How the opening of a field is followed. */
export interface EngineOpening extends OpeningOptions {
  /** Told of the mosaics' tiles: they can be seen while the catalogue is read. */
  readonly onTiles?: (tiles: TileService) => void;
}

/** The mosaics are seen first: both take the same processor. On a slow disk the catalogue waits no longer [ms]. */
const CATALOGUE_WITHIN_MS = 1000;

/** @throws DomainFailure naming the first file that cannot be used; nothing stays open then */
export async function openEngineField(
  services: EngineServices,
  files: FieldFiles,
  recipe: FeatureRecipe,
  { onTiles, ...options }: EngineOpening = {},
): Promise<EngineField> {
  const mosaics = await services.openMosaics(files.mosaics);
  let tiles: TileService | undefined;
  const close = async (): Promise<void> => {
    tiles?.close();
    await closeMosaics(mosaics);
  };
  try {
    tiles = await services.createTileService(mosaics);
    if (onTiles !== undefined) {
      onTiles(tiles);
      await Promise.race([tiles.untilGlimpsed(), sleep(CATALOGUE_WITHIN_MS)]);
    }
    const field = await services.openField(files, recipe, { ...options, mosaics });
    const assignment = await services.assignMosaics(field.catalogue, mosaics, options);
    const onMosaic = Uint8Array.from(assignment.mosaic, (mosaic) => (mosaic >= 0 ? 1 : 0));
    return {
      field,
      assignment,
      sisgCount: countOnes(field.features.sisg),
      onMosaicCount: countOnes(onMosaic),
      packedSources: packSources(sourceColumns(field, onMosaic)),
      tiles,
      notices: field.notices,
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function sourceColumns({ catalogue, features, duplicatesOf }: Field, onMosaic: Uint8Array): SourceColumns {
  const { neighbours } = features;
  const duplicateRow = new Int32Array(catalogue.rowCount).fill(-1);
  for (const [row, [nearest]] of duplicatesOf) duplicateRow[row] = nearest ?? -1;
  return {
    rowCount: catalogue.rowCount,
    name: catalogue.name,
    sCode: catalogue.sCode,
    raDeg: catalogue.raDeg,
    decDeg: catalogue.decDeg,
    majArcsec: new Float32Array(catalogue.majArcsec),
    minArcsec: new Float32Array(catalogue.minArcsec),
    paDeg: new Float32Array(catalogue.paDeg),
    totalFluxMjy: catalogue.totalFluxMjy,
    peakFluxMjyPerBeam: catalogue.peakFluxMjyPerBeam,
    nearestArcsec: Float32Array.from(
      { length: catalogue.rowCount },
      (_, row) => neighbours.distanceArcsec[row * neighbours.perRow]!,
    ),
    within45: neighbours.within45,
    sisg: features.sisg,
    duplicateRow,
    onMosaic,
  };
}

function packSources({ rowCount, name, sCode, ...arrays }: SourceColumns): Uint8Array<ArrayBuffer> {
  return packColumns(arrays, { rowCount, name, sCode });
}

function countOnes(flags: Uint8Array): number {
  let count = 0;
  for (const flag of flags) count += flag;
  return count;
}
