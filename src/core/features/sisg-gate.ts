import type { SisgThresholds } from './feature-recipe.ts';
import { PUBLISHED_SISG } from './feature-recipe.ts';
import type { FeatureRecipe } from './feature-recipe.ts';
import type { SisgInputs } from './sisg.ts';
import { rulesFor } from './sisg.ts';

const [FAILS, HOLDS, UNKNOWN] = [0, 1, 2];

/** One rule applied to every row of a catalogue. */
interface AppliedRule {
  readonly rule: string;
  /** Per row whether the rule holds, fails, or cannot be told. */
  readonly verdict: Uint8Array;
  /** 1 for the rows that this rule and those before it leave. */
  readonly isLeft: Uint8Array;
}

/** The SISG gate applied to a whole catalogue. */
export interface AppliedGate {
  /** In the order of application. */
  readonly rules: readonly AppliedRule[];
  /** 1 where the row is SISG: what the last rule leaves. */
  readonly isSisg: Uint8Array;
}

/** Rows of a rule: it holds; it cannot be told; it takes them out; they are left after it. */
export const SISG_ROW_SETS = ['holds', 'unknown', 'taken', 'left'] as const;
export type SisgRowSet = (typeof SISG_ROW_SETS)[number];

/** Applies the rules of §3.3 of Alegre et al. 2024 (sisg.ts) one after the other to every row. */
export function applyGate(inputs: SisgInputs): AppliedGate {
  const { rowCount } = inputs.catalogue;
  let isLeft = new Uint8Array(rowCount).fill(1);
  const rules = rulesFor(inputs).map((rule): AppliedRule => {
    const verdict = new Uint8Array(rowCount);
    const [before, after] = [isLeft, new Uint8Array(rowCount)];
    for (let row = 0; row < rowCount; row++) {
      const holds = rule.holds(inputs, row);
      verdict[row] = holds === null ? UNKNOWN : holds ? HOLDS : FAILS;
      after[row] = before[row] === 1 && (holds ?? rule.whenUnknown) ? 1 : 0;
    }
    isLeft = after;
    return { rule: rule.rule, verdict, isLeft };
  });
  return { rules, isSisg: isLeft };
}

/** How many sources one rule holds for, and how many are left when it and those before it are applied. */
export interface SisgRuleCount {
  readonly rule: string;
  readonly holds: number;
  /** Sources of which the catalogue cannot tell. */
  readonly unknown: number;
  readonly left: number;
}

/** As `SisgRuleCount`, and how many of the sources are MC: what the gate would lose. */
export interface SisgRuleCost extends SisgRuleCount {
  readonly mcHolds: number;
  readonly mcLeft: number;
}

/** The rules over a whole catalogue, in their order. `left` of the last is the number of SISG sources. */
export function countRules({ rules }: AppliedGate): readonly SisgRuleCount[] {
  return rules.map(({ rule, verdict, isLeft }) => {
    let [holds, unknown, left] = [0, 0, 0];
    for (let row = 0; row < verdict.length; row++) {
      if (verdict[row] === HOLDS) holds++;
      if (verdict[row] === UNKNOWN) unknown++;
      left += isLeft[row]!;
    }
    return { rule, holds, unknown, left };
  });
}

/** As `countRules`, with the MC rows among them. @param isMc 1 where a row is known to be MC */
export function countRuleCosts(gate: AppliedGate, isMc: Uint8Array): readonly SisgRuleCost[] {
  return countRules(gate).map((count, index) => {
    const { verdict, isLeft } = gate.rules[index]!;
    let [mcHolds, mcLeft] = [0, 0];
    for (let row = 0; row < isMc.length; row++) {
      if (isMc[row] !== 1) continue;
      if (verdict[row] === HOLDS) mcHolds++;
      mcLeft += isLeft[row]!;
    }
    return { ...count, mcHolds, mcLeft };
  });
}

/** Rows of a rule (0 for the first), ascending. Empty where there is no such rule. */
export function rowsOfRule({ rules }: AppliedGate, index: number, set: SisgRowSet): Uint32Array {
  const rule = rules[index];
  if (rule === undefined) return new Uint32Array(0);
  const before = rules[index - 1]?.isLeft;
  const belongs = (row: number): boolean => {
    switch (set) {
      case 'holds':
        return rule.verdict[row] === HOLDS;
      case 'unknown':
        return rule.verdict[row] === UNKNOWN;
      case 'taken':
        return rule.isLeft[row] === 0 && before?.[row] !== 0;
      case 'left':
        return rule.isLeft[row] === 1;
    }
  };
  return Uint32Array.from(rule.verdict.keys()).filter(belongs);
}

/** The thresholds that a recipe gates by. */
export const sisgThresholdsOf = ({ sisg }: FeatureRecipe): SisgThresholds => sisg ?? PUBLISHED_SISG;

export const areSameThresholds = (one: SisgThresholds, other: SisgThresholds): boolean =>
  one.majBelowArcsec === other.majBelowArcsec &&
  one.isolationArcsec === other.isolationArcsec &&
  one.largestGaussianCount === other.largestGaussianCount;
