import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decSexagesimal,
  parsePosition,
  positionForCopy,
  positionText,
  raSexagesimal,
} from '../../../src/renderer/components/coordinates.ts';

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
    ];
    for (const form of forms) {
      const found = parsePosition(form);
      expect(found?.raDeg, form).toBeCloseTo(161.5920833, 6);
      expect(found?.decDeg, form).toBeCloseTo(55.0530556, 6);
    }
    expect(parsePosition('161.592 55.053')).toEqual({ raDeg: 161.592, decDeg: 55.053 });
    expect(parsePosition('161.592, -55.053')).toEqual({ raDeg: 161.592, decDeg: -55.053 });
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
    expect(parsePosition('G 12 90')?.decDeg).toBeCloseTo(27.12825, 6);
  });

  it('what is copied can be pasted back to within 0.1″', () => {
    const anywhere = fc.record({
      raDeg: fc.double({ min: 0, max: 359.9999, noNaN: true }),
      decDeg: fc.double({ min: -89.99, max: 89.99, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, fc.boolean(), ({ raDeg, decDeg }, inDegrees) => {
        const back = parsePosition(positionForCopy(raDeg, decDeg, inDegrees));
        const turn = Math.abs(((back!.raDeg - raDeg + 540) % 360) - 180) * Math.cos((decDeg * Math.PI) / 180);
        // Seconds of time carry two decimals: half of 0.01 s is 0.075″. Declinations carry one: 0.05″.
        expect(turn * 3600).toBeLessThan(0.08);
        expect(Math.abs(back!.decDeg - decDeg) * 3600).toBeLessThan(0.051);
      }),
      { seed: 3 },
    );
  });
});

describe('positions as shown', () => {
  it('seconds never read 60 and a full turn reads 0 h', () => {
    expect(raSexagesimal(359.9999999)).toEqual(['00', '00', '00.00']);
    expect(raSexagesimal(14.9999999)).toEqual(['01', '00', '00.00']);
    expect(decSexagesimal(-29.99999999)).toEqual(['−30', '00', '00.0']);
  });

  it('shows a real minus sign but copies an ASCII hyphen', () => {
    expect(positionText(10, -5.5)).toBe('00 40 00.00 −05 30 00.0');
    expect(positionForCopy(10, -5.5)).toBe('00:40:00.00 -05:30:00.0');
    expect(positionForCopy(10, -5.5, true)).toBe('10.00000 -5.50000');
  });
});
