import { positionOfSesame, sesameUrl } from '../../contract/online.ts';

/**
 * Position of an object by its name, from Sesame at the CDS [deg, ICRS]; undefined where no object is called that.
 * Only the policy of a window that was switched online lets this out. Rejects where there is no answer.
 */
export async function resolveName(
  name: string,
): Promise<{ readonly raDeg: number; readonly decDeg: number } | undefined> {
  const response = await fetch(sesameUrl(name), { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`cds.unistra.fr answered ${response.status}.`);
  return positionOfSesame(await response.text());
}
