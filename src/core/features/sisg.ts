import type { GaussianSummary, SourceCatalogue } from '../catalogue/catalogue.ts';
import type { SisgThresholds } from './feature-recipe.ts';
import { PUBLISHED_SISG } from './feature-recipe.ts';
import type { Neighbours } from './feature-table.ts';
import { NEIGHBOUR_COUNT_RADIUS_ARCSEC } from './neighbours.ts';

/** One rule of "small, isolated, single Gaussian", applied to one source. */
export interface SisgRuleResult {
  readonly rule: string;
  /** What was found, with its unit, for people. */
  readonly found: string;
  /** Null where the catalogue cannot tell. */
  readonly holds: boolean | null;
}

export interface SisgInputs {
  readonly catalogue: SourceCatalogue;
  readonly gaussians: GaussianSummary;
  readonly neighbours: Neighbours;
  /** Of the recipe; the paper's where absent. */
  readonly thresholds?: SisgThresholds | undefined;
}

/** A rule of the gate, applied to any source. */
export interface SisgRule {
  readonly rule: string;
  holds(inputs: SisgInputs, row: number): boolean | null;
  found(inputs: SisgInputs, row: number): string;
  /** Verdict where the catalogue cannot tell. A source that may be complex is looked at, so most are `false`. */
  readonly whenUnknown: boolean;
}

const rulesOf = ({ majBelowArcsec, isolationArcsec, largestGaussianCount }: SisgThresholds): readonly SisgRule[] => [
  {
    rule: `Small: Maj below ${majBelowArcsec}″`,
    holds: ({ catalogue }, row) => {
      const maj = catalogue.majArcsec[row]!;
      return Number.isNaN(maj) ? null : maj < majBelowArcsec;
    },
    found: ({ catalogue }, row) => {
      const maj = catalogue.majArcsec[row]!;
      return Number.isNaN(maj) ? 'no Maj' : `${maj.toFixed(2)}″`;
    },
    whenUnknown: false,
  },
  {
    rule: `Isolated: no other source within ${isolationArcsec}″`,
    holds: ({ neighbours, catalogue }, row) =>
      Number.isNaN(catalogue.raDeg[row]!) || Number.isNaN(catalogue.decDeg[row]!)
        ? null
        : isIsolated(neighbours, row, isolationArcsec),
    found: ({ neighbours }, row) => {
      const nearest = neighbours.distanceArcsec[row * neighbours.perRow]!;
      return Number.isNaN(nearest)
        ? 'no other source'
        : `${neighbours.within45[row]!} within 45″, nearest ${nearest.toFixed(1)}″`;
    },
    whenUnknown: false,
  },
  {
    rule: largestGaussianCount === 1 ? 'Single Gaussian' : `At most ${largestGaussianCount} Gaussians`,
    holds: ({ gaussians }, row) => {
      const count = gaussians.count[row]!;
      return Number.isNaN(count) ? null : count <= largestGaussianCount;
    },
    found: ({ gaussians, catalogue }, row) => {
      const count = gaussians.count[row]!;
      if (gaussians.imputed[row] === 1)
        return catalogue.sCode[row] === '' ? 'unknown' : `S_Code ${catalogue.sCode[row]!}`;
      return `${count} ${count === 1 ? 'Gaussian' : 'Gaussians'}`;
    },
    whenUnknown: false,
  },
  {
    rule: 'Not matched to a large optical galaxy',
    holds: ({ catalogue }, row) => (catalogue.largeOptical === undefined ? null : catalogue.largeOptical[row] === 0),
    found: ({ catalogue }, row) => {
      if (catalogue.largeOptical === undefined) return 'the catalogue does not say';
      return catalogue.largeOptical[row] === 0 ? 'not matched' : 'matched';
    },
    // Few catalogues have the column, and the rule takes out a handful of sources.
    whenUnknown: true,
  },
];

const PUBLISHED_RULES = rulesOf(PUBLISHED_SISG);

/** The rules in the order in which they are applied. */
export function rulesFor({ thresholds }: SisgInputs): readonly SisgRule[] {
  return thresholds === undefined ? PUBLISHED_RULES : rulesOf(thresholds);
}

/** No other source within the radius, equality included; the count within 45″ is there already. */
function isIsolated(neighbours: Neighbours, row: number, radiusArcsec: number): boolean {
  if (radiusArcsec === NEIGHBOUR_COUNT_RADIUS_ARCSEC) return neighbours.within45[row] === 0;
  return !(neighbours.distanceArcsec[row * neighbours.perRow]! <= radiusArcsec);
}

/** Whether the source is small, isolated and a single Gaussian (§3.3): class S without looking at it. */
export function isSisg(inputs: SisgInputs, row: number): boolean {
  return rulesFor(inputs).every((rule) => rule.holds(inputs, row) ?? rule.whenUnknown);
}

/** The four rules one by one, as the source panel shows them. */
export function sisgRuleResults(inputs: SisgInputs, row: number): readonly SisgRuleResult[] {
  return rulesFor(inputs).map((rule) => ({
    rule: rule.rule,
    found: rule.found(inputs, row),
    holds: rule.holds(inputs, row),
  }));
}
