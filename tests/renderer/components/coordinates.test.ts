import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePosition } from '../../../src/core/sky/parse-position.ts';
import {
  decSexagesimal,
  positionForCopy,
  positionText,
  raSexagesimal,
  styledPosition,
  styledPositionForCopy,
} from '../../../src/renderer/components/coordinates.ts';

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

  it('galactic positions are in degrees, and pasted back they mean the same place', () => {
    const style = { frame: 'galactic', inDegrees: false } as const;
    // North galactic pole.
    expect(styledPosition(192.85948, 27.12825, style)).toMatch(/^\d+\.\d{5} \+90\.00000$/);
    const back = parsePosition(styledPositionForCopy(161.592, 55.053, style))!;
    expect(back.raDeg).toBeCloseTo(161.592, 4);
    expect(back.decDeg).toBeCloseTo(55.053, 4);
  });
});
