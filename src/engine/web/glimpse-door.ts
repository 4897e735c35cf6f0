import { glimpseRequest } from '../../contract/glimpse.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { degrees } from '../../core/units/quantities.ts';
import type { TileService } from '../../services/tiles/tile-service-types.ts';
import type { DoorAnswer } from './door-answer.ts';

/**
 * Answers `paths.glimpse`: the field as a view shows it. Another field than the one asked for is not shown instead.
 * @returns undefined where that field is not open
 * @throws DomainFailure argument-invalid for a view that is none
 */
export async function answerGlimpse({ searchParams }: URL, tiles: TileService): Promise<DoorAnswer | undefined> {
  const asked = glimpseRequest.safeParse(Object.fromEntries(searchParams));
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new DomainFailure({ kind: 'argument-invalid', name: String(issue?.path[0]), why: String(issue?.message) });
  }
  const { key, ra, dec, fov, width, height } = asked.data;
  if (key !== tiles.key) return undefined;
  const centre = { ra: degrees(ra % 360), dec: degrees(dec) };
  const found = await tiles.glimpse({ centre, fovDeg: fov, widthPix: width, heightPix: height });
  if (found === undefined) return undefined;
  const { values, cut } = found;
  return { status: 200, contentType: 'application/octet-stream', body: packColumns({ values }, { ...cut }) };
}
