import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';
import type { PredictionColumns } from '../../../src/contract/column-sets.ts';
import type { ComparableRun, ReferenceSummary } from '../../../src/contract/evaluation.ts';
import type { RotationSpreads } from '../../../src/contract/rotation.ts';
import type { TestRates } from '../../../src/contract/test-rates.ts';
import { DATASET_UNKNOWN } from '../../../src/core/evaluation/data-subsets.ts';
import type { LabelColumns } from '../../../src/core/evaluation/pair-rows.ts';
import { LABEL_CODE } from '../../../src/core/evaluation/pair-rows.ts';
import type { SyntheticField } from './synthetic-field.ts';

/** Every third row of a made-up field that could be MC is, and those come in pairs of one physical source. */
export function syntheticLabels({ sources, predictions }: SyntheticField): LabelColumns {
  const { rowCount } = sources;
  const label = Uint8Array.from(predictions.probability, (probability, row) => {
    const isMc = Number.isNaN(probability) ? row % 97 === 0 : ((row * 7919) % 1000) / 1000 < 0.85 * probability;
    return isMc ? LABEL_CODE.MC : LABEL_CODE.S;
  });
  const group = new Int32Array(rowCount);
  let groupCount = 0;
  let open: number | undefined;
  label.forEach((code, row) => {
    if (code === LABEL_CODE.MC && open !== undefined) {
      group[row] = open;
      open = undefined;
    } else {
      group[row] = groupCount;
      if (code === LABEL_CODE.MC) open = groupCount;
      groupCount++;
    }
  });
  return { label, group, groupCount, dataset: new Uint8Array(rowCount).fill(DATASET_UNKNOWN) };
}

/** Another model's results for the same rows: like the first's, and a little worse. */
export function otherPredictions({ predictions }: SyntheticField): PredictionColumns {
  const probability = predictions.probability.map((value, row) =>
    Math.min(1, Math.max(0, value + 0.3 * (((row * 104_729) % 1000) / 1000 - 0.5))),
  );
  return { ...predictions, runId: 2, probability };
}

/** Rates of a good model: recall falls slowly with the threshold, false positives fall fast. */
export const FAKE_RATES: TestRates = {
  on: '3 fields outside the training',
  mc: 743,
  s: 9971,
  points: Array.from({ length: 101 }, (_, step) => ({
    threshold: step / 100,
    recall: 1 - (step / 100) ** 3,
    falsePositiveRate: (1 - step / 100) ** 4,
  })),
};

/** Spreads that grow towards P(MC) of a half, as those of a network do. */
export function syntheticSpreads({ predictions }: SyntheticField, rows: readonly number[]): RotationSpreads {
  const known = rows.filter((row) => !Number.isNaN(predictions.probability[row]!));
  const probability = known.map((row) => predictions.probability[row]!);
  const sigma = probability.map((p, at) => 0.06 * p * (1 - p) * (1 + (at % 7)));
  return {
    rows: known,
    sigma,
    lowest: probability.map((p, at) => Math.max(0, p - 2 * sigma[at]!)),
    highest: probability.map((p, at) => Math.min(1, p + 2 * sigma[at]!)),
  };
}

export interface FakeReference {
  readonly columns: LabelColumns | undefined;
  readonly router: ReturnType<typeof referenceRouter>;
}

/** The desk of the labels that the field is judged by: those of the field, or none until any file is loaded. */
export function fakeReference(field: SyntheticField, isLoaded: boolean): FakeReference {
  const all = syntheticLabels(field);
  let path = isLoaded ? '/data/lotss/P205+55.comp.fits' : undefined;
  return {
    get columns() {
      return path === undefined ? undefined : all;
    },
    router: referenceRouter(
      () => (path === undefined ? null : summaryOf(all, path)),
      (chosen) => (path = chosen),
    ),
  };
}

const OTHER_RUN = {
  id: 2,
  modelId: 'compact-sim-0',
  isTrained: true,
  recipeName: 'compact',
  startedAt: '2025-12-24T20:00:00Z',
  threshold: 0.5,
};

/** The newest run of another project, in which all but three sources are found. */
function fileRun(path: string): ComparableRun {
  const join = {
    what: 'scores' as const,
    path,
    fileRows: 3000,
    joinedRows: 2997,
    sourcesByName: 2990,
    sourcesById: 0,
    sourcesByPosition: 7,
    sourcesWithout: 3,
  };
  return { key: 'file-1', file: { path, join }, run: { ...OTHER_RUN, id: 1 }, isTrainingKnown: false };
}

function referenceRouter(summary: () => ReferenceSummary | null, choose: (path: string | undefined) => void) {
  const os = implement(api).evaluation;
  let comparedPath: string | undefined;
  return {
    reference: os.reference.handler(summary),
    loadReference: os.loadReference.handler(({ input }) => {
      choose(input.path);
      return summary()!;
    }),
    clearReference: os.clearReference.handler(() => {
      choose(undefined);
      return {};
    }),
    comparableRuns: os.comparableRuns.handler(() => [
      { key: '2', file: null, run: OTHER_RUN, isTrainingKnown: true },
      ...(comparedPath === undefined ? [] : [fileRun(comparedPath)]),
    ]),
    compareWithFile: os.compareWithFile.handler(({ input }) => [fileRun((comparedPath = input.path))]),
    forgetComparedFile: os.forgetComparedFile.handler(() => {
      comparedPath = undefined;
      return {};
    }),
  };
}

function summaryOf({ label }: LabelColumns, path: string): ReferenceSummary {
  const count = (code: number): number => label.reduce((sum, one) => sum + (one === code ? 1 : 0), 0);
  return {
    path,
    mc: count(LABEL_CODE.MC),
    s: count(LABEL_CODE.S),
    artefacts: 0,
    unlabelled: 0,
    join: null,
    hasDataset: false,
  };
}
