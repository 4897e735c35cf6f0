import type { GlimpseRequest } from '../../contract/glimpse.ts';
import { glimpseRequest } from '../../contract/glimpse.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import { paths } from '../../contract/paths.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { degrees } from '../../core/units/quantities.ts';
import { hipsKeyOf } from '../../services/tiles/tile-service.ts';
import type { TileService } from '../../services/tiles/tile-service-types.ts';
import type { DoorAnswer } from './door-answer.ts';

/** Tiles of the field of a key, or of another field or a blank sky where there is no such. */
type TilesOf = (key: string | undefined) => Promise<TileService>;

/** The doors to the sky: there is one, if a blank one, before there is a field, and a field's before its catalogue is read. */
export const isSkyDoor = (pathname: string): boolean => pathname.startsWith(paths.hips) || pathname === paths.glimpse;

/**
 * Answers `paths.hips` and `paths.glimpse`.
 * @returns undefined where there is nothing of that name
 * @throws DomainFailure argument-invalid for a view that is none
 */
export async function answerSkyDoor(url: URL, tilesOf: TilesOf): Promise<DoorAnswer | undefined> {
  if (url.pathname === paths.glimpse) {
    const view = viewOf(url);
    return answerGlimpse(view, await tilesOf(view.key));
  }
  return answerTile(url, await tilesOf(hipsKeyOf(url.pathname)));
}

async function answerTile({ pathname }: URL, tiles: TileService): Promise<DoorAnswer | undefined> {
  const tile = await tiles.handle(pathname);
  return tile === undefined ? undefined : { ...tile, isImmutable: tile.status === 200 && tile.isProvisional !== true };
}

function viewOf({ searchParams }: URL): GlimpseRequest {
  const asked = glimpseRequest.safeParse(Object.fromEntries(searchParams));
  if (asked.success) return asked.data;
  const [issue] = asked.error.issues;
  throw new DomainFailure({ kind: 'argument-invalid', name: String(issue?.path[0]), why: String(issue?.message) });
}

/** The field as a view shows it. Another field than the one asked for is not shown instead. */
async function answerGlimpse(
  { key, ra, dec, fov, width, height }: GlimpseRequest,
  tiles: TileService,
): Promise<DoorAnswer | undefined> {
  if (key !== tiles.key) return undefined;
  const centre = { ra: degrees(ra % 360), dec: degrees(dec) };
  const found = await tiles.glimpse({ centre, fovDeg: fov, widthPix: width, heightPix: height });
  if (found === undefined) return undefined;
  const { values, cut } = found;
  return { status: 200, contentType: 'application/octet-stream', body: packColumns({ values }, { ...cut }) };
}
