import { basename } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';
import type { SampMap } from '../../services/samp/samp-value.ts';
import { textIn } from '../../services/samp/samp-value.ts';

const LONGEST_NAME = 120;

/** A position as `coord.pointAt.sky` gives it [deg, ICRS]. @throws DomainFailure argument-invalid */
export function positionIn(params: SampMap): { readonly raDeg: number; readonly decDeg: number } {
  const [ra, dec] = [textIn(params, 'ra') ?? '', textIn(params, 'dec') ?? ''];
  const [raDeg, decDeg] = [Number(ra), Number(dec)];
  const isPosition = ra.trim() !== '' && dec.trim() !== '' && Number.isFinite(raDeg) && Math.abs(decDeg) <= 90;
  if (!isPosition) {
    const why = `ra "${ra.slice(0, 40)}", dec "${dec.slice(0, 40)}" are no degrees`;
    throw new DomainFailure({ kind: 'argument-invalid', name: 'position', why });
  }
  return { raDeg: ((raDeg % 360) + 360) % 360, decDeg };
}

/** What a sender calls its file, on one line; the file's own name where it calls it nothing. */
export function nameIn(params: SampMap, url: URL): string {
  const given = (textIn(params, 'name') ?? '').replace(/\s+/g, ' ').trim();
  const name = given === '' ? basename(url.pathname) : given;
  return name.slice(0, LONGEST_NAME);
}
