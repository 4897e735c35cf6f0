import { z } from 'zod';

/**
 * What the window may ask of other machines, and only after the astronomer has switched it on: images of three surveys and
 * the positions of named objects. This list is the whole of it; the page's policy is made from it.
 */

export const onlineSurveyIds = ['lotss-dr2', 'panstarrs', 'allwise'] as const;
export type OnlineSurveyId = (typeof onlineSurveyIds)[number];

/** A survey as a HiPS of pictures, coloured by those who made it. */
export interface OnlineSurvey {
  readonly id: OnlineSurveyId;
  readonly name: string;
  readonly url: string;
  readonly format: 'jpeg' | 'png';
}

export const ONLINE_SURVEYS: readonly OnlineSurvey[] = [
  // ASTRON publishes it (astron.nl/P/lotss_dr2_high); no copy at the CDS is known.
  {
    id: 'lotss-dr2',
    name: 'LoTSS DR2, 6″',
    url: 'https://hips.astron.nl/ASTRON/P/lotss_dr2_high',
    format: 'png',
  },
  {
    id: 'panstarrs',
    name: 'Pan-STARRS DR1, colour z g',
    url: 'https://alasky.cds.unistra.fr/Pan-STARRS/DR1/color-z-zg-g',
    format: 'jpeg',
  },
  {
    id: 'allwise',
    name: 'AllWISE, colour W4 W2 W1',
    url: 'https://alasky.cds.unistra.fr/AllWISE/RGB-W4-W2-W1',
    format: 'jpeg',
  },
];

/** The name resolver of the CDS, as plain text: SIMBAD first, then NED, then VizieR. */
const SESAME = 'https://cds.unistra.fr/cgi-bin/nph-sesame/-o/SNV?';

export const sesameUrl = (name: string): string => `${SESAME}${encodeURIComponent(name)}`;

const originOf = (url: string): string => new URL(url).origin;

/** The machines, as the page's policy names them, each with what is asked of it. */
export const ONLINE_ORIGINS: readonly { readonly origin: string; readonly what: string }[] = [
  { origin: 'https://alasky.cds.unistra.fr', what: 'tiles of Pan-STARRS and AllWISE' },
  { origin: 'https://hips.astron.nl', what: 'tiles of LoTSS DR2' },
  { origin: originOf(SESAME), what: 'positions of objects that you name' },
];

/** Whether an address lies on one of these machines. */
export const isOnlineUrl = (url: string): boolean => ONLINE_ORIGINS.some(({ origin }) => origin === originOf(url));

/** The position in an answer of Sesame [deg, ICRS]; undefined where it knows no such object. */
export function positionOfSesame(answer: string): { readonly raDeg: number; readonly decDeg: number } | undefined {
  const [, ra, dec] = /^%J\s+(\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)\b/m.exec(answer) ?? [];
  const [raDeg, decDeg] = [Number(ra), Number(dec)];
  const isPosition = ra !== undefined && raDeg < 360 && Math.abs(decDeg) <= 90;
  return isPosition ? { raDeg, decDeg } : undefined;
}

/** Whether other machines may be asked; off whenever the engine starts. */
export const onlineState = z.object({ isOn: z.boolean() });
