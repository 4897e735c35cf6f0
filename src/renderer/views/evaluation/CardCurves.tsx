import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { DR1_PREVALENCE, promiseAt } from '../../../core/evaluation/card-rates.ts';
import { cardFigure } from '../../../figures/card-figure.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { count, fixed } from '../../components/format.ts';
import { Empty } from '../../components/Panel.tsx';
import { useFlaggedCount } from '../../state/derived.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { FigureMenu } from './FigureMenu.tsx';
import { FigureView } from './FigureView.tsx';

/** What the model's own test promises for this field at a prevalence that the astronomer states. */
export function CardCurves({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.models.list() });
  const [prevalence, setPrevalence] = useState(DR1_PREVALENCE);
  const modelId = project.run?.modelId;
  const test = models.data?.find(({ id }) => id === modelId)?.testRates ?? undefined;
  const figure = useMemo(
    () => test && cardFigure(modelId ?? '', test, prevalence, useThreshold.getState().threshold),
    [test, modelId, prevalence],
  );
  if (test === undefined || figure === undefined) {
    return models.isPending ? null : (
      <Empty title="The card of this model holds no curves">
        A model that is trained with test fields (lobate train --test) carries its recall and false positive rate at
        every threshold.
      </Empty>
    );
  }
  return (
    <>
      <label className="evaluation__choices small">
        <span className="quiet">Share of MC among non-SISG sources</span>
        <NumberInput
          aria-label="Prevalence of MC"
          size="xs"
          value={prevalence}
          min={0}
          max={1}
          step={0.01}
          decimalScale={4}
          w={72}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 0 && value <= 1) setPrevalence(value);
          }}
        />
      </label>
      <AtThreshold points={test.points} prevalence={prevalence} />
      <FigureView figure={figure} />
      <p className="evaluation__caption small quiet">
        {figure.caption} <FigureMenu figureNow={() => figure} />
      </p>
    </>
  );
}

interface AtThresholdProps {
  readonly points: Parameters<typeof promiseAt>[0];
  readonly prevalence: number;
}

/** Beside what the card promises: what is flagged here would be, at that prevalence, if the field were like the test. */
function AtThreshold({ points, prevalence }: AtThresholdProps) {
  const threshold = useThreshold((state) => state.threshold);
  const flagged = useFlaggedCount();
  const scored = usePredictions((state) => state.sorted.length);
  const promise = promiseAt(points, threshold, prevalence, scored);
  if (promise === undefined) return null;
  const { recall, precision, flagged: expected } = promise;
  return (
    <p className="evaluation__hint small">
      At {threshold}: recall {fixed(recall, 3)}, precision {fixed(precision, 3)} by the card; it would flag{' '}
      {count(expected)} of {count(scored)} sources, and {count(flagged)} are flagged.{' '}
      <span className="quiet">The farther apart these are, the less the prevalence or the card fits this field.</span>
    </p>
  );
}
