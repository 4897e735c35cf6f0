import { describe, expect, test } from 'vitest';
import type { Rgb } from '../../../src/renderer/components/probability-ramp.ts';
import {
  NO_PROBABILITY_RGB,
  PROBABILITY_STOPS,
  probabilityColour,
  probabilityRgb,
} from '../../../src/renderer/components/probability-ramp.ts';

const toLinear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** CIE L*a*b* (D65) of linear RGB. */
function lab([r, g, b]: readonly [number, number, number]): [number, number, number] {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

type Matrix = readonly (readonly [number, number, number])[];
/** Full dichromacy in linear RGB: Machado, Oliveira & Fernandes 2009, IEEE TVCG 15(6), 1291, severity 1.0. */
const VISIONS: Readonly<Record<string, Matrix>> = {
  'ordinary vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(color: Rgb, vision: Matrix): [number, number, number] {
  const linear = color.map(toLinear);
  const channels = vision.map((row) =>
    Math.max(
      0,
      row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0),
    ),
  );
  return lab([channels[0]!, channels[1]!, channels[2]!]);
}

describe('the colour scale of P(MC)', () => {
  test.each(Object.entries(VISIONS))('its steps are told apart and grow lighter, with %s', (_, vision) => {
    const steps = PROBABILITY_STOPS.map((stop) => seen(stop, vision));
    for (let i = 1; i < steps.length; i++) {
      const [before, after] = [steps[i - 1]!, steps[i]!];
      // 2.3 is a just noticeable difference of ΔE*ab.
      expect(Math.hypot(after[0] - before[0], after[1] - before[1], after[2] - before[2])).toBeGreaterThan(2.3);
      expect(after[0]).toBeGreaterThan(before[0]);
    }
  });

  test('it is continuous, clamped at its ends, and a missing probability is neutral grey', () => {
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [probabilityRgb(i / 1000), probabilityRgb((i + 1) / 1000)];
      expect(Math.max(...a.map((value, channel) => Math.abs(value - b[channel]!)))).toBeLessThanOrEqual(2);
    }
    expect(probabilityRgb(-1)).toEqual(PROBABILITY_STOPS[0]);
    expect(probabilityRgb(2)).toEqual(PROBABILITY_STOPS[PROBABILITY_STOPS.length - 1]);
    expect(probabilityRgb(NaN)).toEqual(NO_PROBABILITY_RGB);
    expect(probabilityColour(0)).toBe('#2658ac');
  });
});
