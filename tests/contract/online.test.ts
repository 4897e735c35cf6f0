import { describe, expect, test } from 'vitest';
import { isOnlineUrl, ONLINE_SURVEYS, positionOfSesame, sesameUrl } from '../../src/contract/online.ts';

describe('what may be asked of other machines', () => {
  test('is on the machines that the switch names, over https', () => {
    for (const { url } of ONLINE_SURVEYS) expect(isOnlineUrl(`${url}/Norder3/Dir0/Npix1.jpg`)).toBe(true);
    expect(isOnlineUrl(sesameUrl('M 31'))).toBe(true);
    for (const url of [
      'http://alasky.cds.unistra.fr/',
      'https://alasky.cds.unistra.fr.example.org/',
      'https://alaskybis.cds.unistra.fr/',
      'https://example.org/?https://alasky.cds.unistra.fr/',
    ]) {
      expect(isOnlineUrl(url)).toBe(false);
    }
  });

  test('a name is sent as one, whatever stands in it', () => {
    expect(new URL(sesameUrl('3C 61.1 &x=1#y')).search).toBe('?3C%2061.1%20%26x%3D1%23y');
  });
});

describe('an answer of Sesame', () => {
  test('that knows no such object, or is something else, has no position', () => {
    expect(positionOfSesame('# M 399\t#Q22523669\n#!SIMBAD: Nothing found\n')).toBeUndefined();
    expect(positionOfSesame('<html><body>busy</body></html>')).toBeUndefined();
    expect(positionOfSesame('')).toBeUndefined();
    expect(positionOfSesame('%J 361.5 +91.2 = nowhere')).toBeUndefined();
  });

  test('has its position in degrees, ICRS', () => {
    const answer =
      '# M 31\t#Q1\n#=S=Simbad (via url):    1\n%@ 1575544\n%C.0 G\n' +
      '%J 010.6847083 +41.2687500 = 00:42:44.33 +41:16:07.5   (~5280,1)\n%J.E [0.00 0.00 0] C 2006AJ\n#====Done====\n';
    expect(positionOfSesame(answer)).toEqual({ raDeg: 10.6847083, decDeg: 41.26875 });
    expect(positionOfSesame('%J 083.63310 -22.0145 = 05:34:31\n')).toEqual({ raDeg: 83.6331, decDeg: -22.0145 });
  });
});
