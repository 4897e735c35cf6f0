import { parseColumnMap } from '../core/catalogue/column-map.ts';
import type { UnitFamily } from '../core/catalogue/column-reader.ts';
import type { SisgCost } from '../core/evaluation/sisg-cost.ts';
import { sisgCost } from '../core/evaluation/sisg-cost.ts';
import type { SisgThresholds } from '../core/features/feature-recipe.ts';
import { findNeighbours } from '../core/features/neighbours.ts';
import type { SisgRuleCost, SisgRuleCount } from '../core/features/sisg-gate.ts';
import { applyGate, countRuleCosts, countRules, sisgThresholdsOf } from '../core/features/sisg-gate.ts';
import { loadCatalogue } from '../services/catalogue-files/load-catalogue.ts';
import { loadLabels } from '../services/catalogue-files/load-labels.ts';
import { readRecipe } from '../services/model-store/read-recipe.ts';

export interface SisgArguments {
  readonly catalogue: string;
  readonly gaussians?: string | undefined;
  readonly lr?: string | undefined;
  readonly units?: UnitFamily | undefined;
  readonly map?: readonly string[] | undefined;
  readonly labels?: string | undefined;
  readonly recipe: string;
}

/** The SISG gate over a catalogue: thresholds, each rule, and its cost where labels are given. */
export interface SisgReport {
  readonly recipe: string;
  readonly thresholds: SisgThresholds;
  readonly rows: number;
  readonly sisg: number;
  readonly rules: readonly (SisgRuleCount | SisgRuleCost)[];
  readonly cost: SisgCost | null;
}

export async function sisgReportOf(options: SisgArguments): Promise<SisgReport> {
  const recipe = await readRecipe(options.recipe);
  const { catalogue, gaussians } = await loadCatalogue(options, {
    units: options.units,
    columnMap: parseColumnMap(options.map ?? []),
  });
  const neighbours = findNeighbours(catalogue.raDeg, catalogue.decDeg);
  const thresholds = sisgThresholdsOf(recipe.features);
  const gate = applyGate({ catalogue, gaussians, neighbours, thresholds });
  const report = {
    recipe: recipe.name,
    thresholds,
    rows: catalogue.rowCount,
    sisg: gate.isSisg.reduce((sum, flag) => sum + flag, 0),
  };
  if (options.labels === undefined) return { ...report, rules: countRules(gate), cost: null };
  const { labelClass, physicalSource } = await loadLabels(options.labels, catalogue.name, catalogue);
  const isMc = Uint8Array.from(labelClass, (name) => (name === 'MC' ? 1 : 0));
  const isLabelled = Uint8Array.from(labelClass, (name) => (name === 'MC' || name === 'S' ? 1 : 0));
  return {
    ...report,
    rules: countRuleCosts(gate, isMc),
    cost: sisgCost({ isMc, isLabelled, isSisg: gate.isSisg, physicalSource }),
  };
}

/** The report as people read it. */
export function sisgLines({ recipe, rows, sisg, rules, cost }: SisgReport): readonly string[] {
  const share = (part: number, whole: number): string =>
    whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(2)} %)`;
  const lines = [`${sisg} of ${rows} rows are SISG${share(sisg, rows)} by recipe ${recipe}`];
  for (const rule of rules) {
    const unknown = rule.unknown === 0 ? '' : `, unknown for ${rule.unknown}`;
    const mc = 'mcHolds' in rule ? ` (MC: ${rule.mcHolds}; ${rule.mcLeft} left)` : '';
    lines.push(`    ${rule.rule}: holds for ${rule.holds}${unknown}; ${rule.left} left${mc}`);
  }
  if (cost !== null) {
    lines.push(
      `${cost.lostMc} of ${cost.mc} MC rows are lost to the gate${share(cost.lostMc, cost.mc)}: ` +
        `${cost.recoverable} belong to a source with a row that is looked at; ${cost.lostSources} sources are lost whole`,
    );
  }
  return lines;
}
