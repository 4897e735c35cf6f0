import { basename } from 'node:path';
import { packColumns } from '../../contract/packed-columns.ts';
import { paths } from '../../contract/paths.ts';
import type { SisgCounts, SisgGateSummary, SisgRowsRequest } from '../../contract/sisg.ts';
import { sisgRowsRequest, sisgThresholds } from '../../contract/sisg.ts';
import { LABEL_CODE } from '../../core/evaluation/pair-rows.ts';
import { sisgCost } from '../../core/evaluation/sisg-cost.ts';
import type { SisgThresholds } from '../../core/features/feature-recipe.ts';
import type { AppliedGate } from '../../core/features/sisg-gate.ts';
import { applyGate, countRuleCosts, countRules, rowsOfRule, sisgThresholdsOf } from '../../core/features/sisg-gate.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { DoorAnswer } from '../web/door-answer.ts';
import type { EngineField } from '../project/field.ts';

const KEY = 'sisg-thresholds';

/** Labels as the gate's cost is counted from: `LABEL_CODE` and the number of the physical source of each row. */
export interface GateLabels {
  /** Whose they are, in words. */
  readonly words: string;
  readonly label: Uint8Array;
  readonly source: Int32Array;
}

export interface SisgGateOptions {
  readonly store: Pick<ProjectStore, 'viewState' | 'setViewState'>;
  readonly field: () => EngineField;
  /** P(MC) of each row on screen; undefined before the first run. */
  readonly probability: () => Float64Array | undefined;
  /** Undefined where nothing is labelled. */
  readonly labels: () => Promise<GateLabels | undefined>;
}

/** The SISG gate of an open project: its thresholds, and what any thresholds would do to its catalogue. */
export class SisgGate {
  readonly #options: SisgGateOptions;
  /** The last thresholds that were asked about: a click on a count follows the count. */
  #applied: { readonly key: string; readonly field: EngineField; readonly gate: AppliedGate } | undefined;

  constructor(options: SisgGateOptions) {
    this.#options = options;
  }

  /** The project's own; undefined where it gates as its model does. */
  get thresholds(): SisgThresholds | undefined {
    return sisgThresholds.safeParse(this.#options.store.viewState(KEY)).data;
  }

  /** @param thresholds undefined for the model's */
  choose(thresholds: SisgThresholds | undefined): void {
    this.#options.store.setViewState(KEY, thresholds ?? null);
  }

  summary(model: Recipe, shown: Recipe | undefined): SisgGateSummary {
    const ofModel = sisgThresholdsOf(model.features);
    return {
      thresholds: this.thresholds ?? ofModel,
      ofModel,
      ofRun: shown === undefined ? null : sisgThresholdsOf(shown.features),
    };
  }

  async count(thresholds: SisgThresholds, flaggedFrom: number): Promise<SisgCounts> {
    const { field, assignment } = this.#options.field();
    const gate = this.#apply(thresholds);
    const labels = await this.#options.labels();
    const probability = this.#options.probability();
    const { sisg: shown, unusable } = field.features;
    let [sisg, joins, flaggedJoins, leaves, networkRows] = [0, 0, 0, 0, 0];
    for (let row = 0; row < shown.length; row++) {
      const isSisg = gate.isSisg[row] === 1;
      if (isSisg) sisg++;
      else if (assignment.mosaic[row]! >= 0 && unusable[row] === '') networkRows++;
      if (isSisg && shown[row] === 0) {
        joins++;
        if ((probability?.[row] ?? Number.NaN) >= flaggedFrom) flaggedJoins++;
      }
      if (!isSisg && shown[row] === 1) leaves++;
    }
    const change = { joins, flaggedJoins, leaves };
    if (labels === undefined) {
      const rules = countRules(gate).map((rule) => ({ ...rule, mcHolds: null, mcLeft: null }));
      return { rows: shown.length, sisg, rules, cost: null, change, networkRows };
    }
    const { isMc, isLabelled } = flagsOf(labels);
    const { mc, lostMc, recoverable, lostSources } = sisgCost({
      isMc,
      isLabelled,
      isSisg: gate.isSisg,
      physicalSource: labels.source,
    });
    const cost = { labels: labels.words, mc, lostMc, recoverable, lostSources };
    return { rows: shown.length, sisg, rules: [...countRuleCosts(gate, isMc)], cost, change, networkRows };
  }

  /** Catalogue rows, ascending. */
  async rows({ thresholds, of }: SisgRowsRequest): Promise<Uint32Array> {
    const gate = this.#apply(thresholds);
    if (typeof of === 'object') return rowsOfRule(gate, of.rule, of.set);
    const shown = this.#options.field().field.features.sisg;
    const labels = of === 'lost' ? await this.#options.labels() : undefined;
    const belongs = (row: number): boolean => {
      switch (of) {
        case 'lost':
          return gate.isSisg[row] === 1 && labels?.label[row] === LABEL_CODE.MC;
        case 'joins':
          return gate.isSisg[row] === 1 && shown[row] === 0;
        case 'leaves':
          return gate.isSisg[row] === 0 && shown[row] === 1;
      }
    };
    return Uint32Array.from(gate.isSisg.keys()).filter(belongs);
  }

  /** Answers `paths.sisgRows`; undefined where the path is another door. */
  async answer(url: URL): Promise<DoorAnswer | undefined> {
    if (url.pathname !== paths.sisgRows) return undefined;
    const request = sisgRowsRequest.safeParse(parsedJson(url.searchParams.get('request') ?? ''));
    if (!request.success) {
      throw new DomainFailure({ kind: 'argument-invalid', name: 'request', why: 'it names no rows of the SISG gate' });
    }
    const rows = Int32Array.from(await this.rows(request.data));
    return { status: 200, contentType: 'application/octet-stream', body: packColumns({ rows }, {}) };
  }

  #apply(thresholds: SisgThresholds): AppliedGate {
    const field = this.#options.field();
    const key = JSON.stringify(thresholds);
    if (this.#applied?.key !== key || this.#applied.field !== field) {
      const { catalogue, gaussians, features } = field.field;
      const gate = applyGate({ catalogue, gaussians, neighbours: features.neighbours, thresholds });
      this.#applied = { key, field, gate };
    }
    return this.#applied.gate;
  }
}

/** Of a file's labels. */
export const referenceGateLabels = (
  path: string,
  { label, group }: { readonly label: Uint8Array; readonly group: Int32Array },
): GateLabels => ({ words: `labels ${basename(path)}`, label, source: group });

function flagsOf({ label }: GateLabels): { readonly isMc: Uint8Array; readonly isLabelled: Uint8Array } {
  return {
    isMc: Uint8Array.from(label, (code) => (code === LABEL_CODE.MC ? 1 : 0)),
    isLabelled: Uint8Array.from(label, (code) => (code === LABEL_CODE.MC || code === LABEL_CODE.S ? 1 : 0)),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
