import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePosition } from '../../../src/core/sky/parse-position.ts';

describe('positions as typed', () => {
  it('text that is no position, or lies off the sphere, is refused', () => {
    for (const text of [
      '',
      'M 87',
      '12',
      '370 10',
      '10 95',
      '25:00:00 +10:00:00',
      '10:61:00 +10:00:00',
      '10:00:00 +10:00:61',
    ]) {
      expect(parsePosition(text), text).toBeUndefined();
    }
  });

  it('every form that an astronomer writes means the same place', () => {
    const forms = [
      '10:46:22.1 +55:03:11',
      '10h46m22.1s +55d03m11s',
      '10 46 22.1 55 03 11',
      '10:46:22.1, +55:03:11',
      '10h46m22.1s +55°03′11″',
      'ILTJ104622.10+550311.0',
      'ICRS 10:46:22.1 +55:03:11',
      'J2000 (10h46m22.1s, +55d03m11s)',
      'fk5: 10 46 22.1 +55 03 11',
    ];
    for (const form of forms) {
      const found = parsePosition(form);
      expect(found?.raDeg, form).toBeCloseTo(161.5920833, 6);
      expect(found?.decDeg, form).toBeCloseTo(55.0530556, 6);
    }
    expect(parsePosition('161.592 55.053')).toEqual({ raDeg: 161.592, decDeg: 55.053 });
    expect(parsePosition('161.592, -55.053')).toEqual({ raDeg: 161.592, decDeg: -55.053 });
  });

  it('galactic positions are read as l and b, in either spelling', () => {
    const typed = parsePosition('G 150.2 53.1');
    expect(typed).toEqual(parsePosition('G150.2+53.1'));
    expect(typed).toEqual(parsePosition('l b 150.2, +53.1'));
    expect(parsePosition('G 150.2 95')).toBeUndefined();
  });

  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = parsePosition(text);
        if (found !== undefined) expect(Math.abs(found.decDeg)).toBeLessThanOrEqual(90);
      }),
      { seed: 5 },
    );
  });

  it('the sign of a declination between −1° and 0° is kept', () => {
    expect(parsePosition('00:00:10 -00:30:00')?.decDeg).toBeCloseTo(-0.5, 12);
    expect(parsePosition('J000010.00−003000.0')?.decDeg).toBeCloseTo(-0.5, 12);
  });

  it('the galactic centre is at Sgr A* within 0.1°, and the pole where it is defined', () => {
    // l = b = 0 lies at 17h45m37.2s −28°56′10″ (J2000); the constants of the rotation have five decimals.
    const centre = parsePosition('G 0 0');
    expect(centre?.raDeg).toBeCloseTo(266.405, 2);
    expect(centre?.decDeg).toBeCloseTo(-28.936, 2);
    // The pole is defined in FK5, 0.01″ from ICRS there.
    expect(parsePosition('G 12 90')?.decDeg).toBeCloseTo(27.12825, 5);
  });
});
