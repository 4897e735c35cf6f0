import { describe, expect, test } from 'vitest';
import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { summariseGaussians } from '../../../src/core/catalogue/gaussians.ts';
import { noLikelihood } from '../../../src/core/catalogue/likelihood.ts';
import type { SisgThresholds } from '../../../src/core/features/feature-recipe.ts';
import { PUBLISHED_SISG } from '../../../src/core/features/feature-recipe.ts';
import { findNeighbours } from '../../../src/core/features/neighbours.ts';
import type { SisgInputs } from '../../../src/core/features/sisg.ts';
import { isSisg, sisgRuleResults } from '../../../src/core/features/sisg.ts';
import { applyGate, countRuleCosts, countRules, rowsOfRule } from '../../../src/core/features/sisg-gate.ts';
import { lotssCatalogue } from '../catalogue/catalogue-tables.ts';

function inputsOf(catalogue: SourceCatalogue): SisgInputs {
  const gaussians = summariseGaussians(catalogue, undefined, noLikelihood(catalogue.rowCount)).summary;
  return { catalogue, gaussians, neighbours: findNeighbours(catalogue.raDeg, catalogue.decDeg) };
}
const verdict = (...parameters: Parameters<typeof lotssCatalogue>): boolean =>
  isSisg(inputsOf(lotssCatalogue(...parameters)), 0);

describe('a source is small, isolated and a single Gaussian only if every rule holds', () => {
  test('a lone S source of 14.9″ is', () => expect(verdict([10], [20], { 'Maj [arcsec]': [14.9] })).toBe(true));
  test('15″ is not small', () => expect(verdict([10], [20], { 'Maj [arcsec]': [15] })).toBe(false));
  test('a C source is a single Gaussian', () => expect(verdict([10], [20], { S_Code: ['C'] })).toBe(true));
  test('an M source is not', () => expect(verdict([10], [20], { S_Code: ['M'] })).toBe(false));
  test('n_gauss speaks before S_Code', () => {
    expect(verdict([10], [20], { S_Code: ['M'], n_gauss: [1] })).toBe(true);
    expect(verdict([10], [20], { S_Code: ['S'], n_gauss: [2] })).toBe(false);
  });
  test('a neighbour at 45″ takes away the isolation, one at 45.1″ does not', () => {
    expect(verdict([10, 10], [0, 45 / 3600])).toBe(false);
    expect(verdict([10, 10], [0, 45.1 / 3600])).toBe(true);
  });
  test('a large optical galaxy takes it away, where the catalogue knows of one', () => {
    expect(verdict([10], [20], { large_optical: [1] })).toBe(false);
    expect(verdict([10], [20], { large_optical: [0] })).toBe(true);
  });
  test('what is not known to be single is looked at', () => expect(verdict([10], [20], { S_Code: [''] })).toBe(false));
  test('a source without Maj is looked at', () =>
    expect(verdict([10], [20], { 'Maj [arcsec]': [Number.NaN] })).toBe(false));
});

test('the rules tell what they found, one by one', () => {
  const inputs = inputsOf(lotssCatalogue([10, 10], [0, 30 / 3600], { S_Code: ['M', 'S'] }));
  expect(sisgRuleResults(inputs, 0)).toEqual([
    { rule: 'Small: Maj below 15″', found: '7.00″', holds: true },
    { rule: 'Isolated: no other source within 45″', found: '1 within 45″, nearest 30.0″', holds: false },
    { rule: 'Single Gaussian', found: 'S_Code M', holds: false },
    { rule: 'Not matched to a large optical galaxy', found: 'the catalogue does not say', holds: null },
  ]);
  expect(sisgRuleResults(inputs, 1)[2]).toEqual({ rule: 'Single Gaussian', found: '1 Gaussian', holds: true });
});

describe('thresholds of a recipe', () => {
  const pair = lotssCatalogue([10, 10], [0, 30 / 3600], { 'Maj [arcsec]': [17, 7] });
  const isSisgWith = (changes: Partial<SisgThresholds>): readonly boolean[] => {
    const inputs = { ...inputsOf(pair), thresholds: { ...PUBLISHED_SISG, ...changes } };
    return [isSisg(inputs, 0), isSisg(inputs, 1)];
  };

  test('a source 30″ away does not disturb an isolation of 29″, and one of 30.1″ it does', () => {
    expect(isSisgWith({})).toEqual([false, false]);
    expect(isSisgWith({ isolationArcsec: 29 })).toEqual([false, true]);
    expect(isSisgWith({ isolationArcsec: 30.1 })).toEqual([false, false]);
  });

  test('a larger limit of Maj takes in the larger source, and the rule says so', () => {
    expect(isSisgWith({ isolationArcsec: 29, majBelowArcsec: 20 })).toEqual([true, true]);
    const inputs = { ...inputsOf(pair), thresholds: { ...PUBLISHED_SISG, majBelowArcsec: 20 } };
    expect(sisgRuleResults(inputs, 0)[0]).toMatchObject({ rule: 'Small: Maj below 20″', holds: true });
  });

  test('the paper’s thresholds, written out, change nothing', () => {
    const inputs = inputsOf(pair);
    expect(countRules(applyGate({ ...inputs, thresholds: PUBLISHED_SISG }))).toEqual(countRules(applyGate(inputs)));
  });

  test('an M source is taken in where two Gaussians are allowed', () => {
    const catalogue = lotssCatalogue([10], [20], { n_gauss: [2] });
    const thresholds = { ...PUBLISHED_SISG, largestGaussianCount: 2 };
    expect(isSisg({ ...inputsOf(catalogue), thresholds }, 0)).toBe(true);
  });

  test('of the rows that each rule leaves, those known to be MC are counted', () => {
    const costs = countRuleCosts(applyGate(inputsOf(pair)), Uint8Array.from([1, 0]));
    expect(costs.map(({ left, mcHolds, mcLeft }) => [left, mcHolds, mcLeft])).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });
});

describe('the gate over a catalogue', () => {
  // Large; small with a neighbour; that neighbour; small, alone, of two Gaussians; small, alone, single; without Maj.
  const catalogue = lotssCatalogue([10, 20, 20, 30, 40, 50], [0, 0, 30 / 3600, 0, 0, 0], {
    'Maj [arcsec]': [20, 7, 7, 7, 7, Number.NaN],
    n_gauss: [1, 1, 1, 2, 1, 1],
  });
  const inputs = inputsOf(catalogue);
  const gate = applyGate(inputs);

  test('gives each source the verdict that it is given alone', () => {
    const alone = Array.from({ length: catalogue.rowCount }, (_, row) => (isSisg(inputs, row) ? 1 : 0));
    expect([...gate.isSisg]).toEqual(alone);
    expect(alone).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('what each rule takes, from the first to the last, and what is left are all sources, each once', () => {
    const parts = [...gate.rules.keys()].flatMap((rule) => [...rowsOfRule(gate, rule, 'taken')]);
    const left = [...rowsOfRule(gate, gate.rules.length - 1, 'left')];
    expect([...parts, ...left].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...rowsOfRule(gate, 0, 'taken')]).toEqual([0, 5]);
    expect([...rowsOfRule(gate, 1, 'taken')]).toEqual([1, 2]);
  });

  test('the rows of a rule are as many as are counted for it', () => {
    countRules(gate).forEach(({ holds, unknown, left }, rule) => {
      expect(rowsOfRule(gate, rule, 'holds')).toHaveLength(holds);
      expect(rowsOfRule(gate, rule, 'unknown')).toHaveLength(unknown);
      expect(rowsOfRule(gate, rule, 'left')).toHaveLength(left);
    });
    expect(countRules(gate)[0]).toMatchObject({ holds: 4, unknown: 1, left: 4 });
  });

  test('a rule that does not exist has no rows', () => expect(rowsOfRule(gate, 9, 'holds')).toHaveLength(0));
});
