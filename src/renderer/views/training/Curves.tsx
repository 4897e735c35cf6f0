import { useEffect, useRef } from 'react';
import type { EpochSummary } from '../../../contract/training.ts';
import { epochCurve } from '../../../figures/training-figures.ts';
import { showFigure, useSurface } from './figure-surface.ts';

const PANELS = [
  ['Loss', 'trainLoss', 'validationLoss'],
  ['Accuracy', 'trainAccuracy', 'validationAccuracy'],
  ['Precision of MC', 'trainPrecision', 'validationPrecision'],
  ['Recall of MC', 'trainRecall', 'validationRecall'],
] as const;

/** A longer plan is shown as far as twice the epochs that there are: the beginning would be a hair at the left edge. */
const ALL_SHOWN_EPOCHS = 24;

interface CurvesProps {
  readonly history: readonly EpochSummary[];
  readonly epochs: number;
}

/** Loss, accuracy, precision and recall by epoch: training thin (with dropout, weights still moving), validation solid. */
export function Curves({ history, epochs: planned }: CurvesProps) {
  const epochs = Math.min(planned, Math.max(ALL_SHOWN_EPOCHS, 2 * history.length));
  return (
    <div className="training__curves">
      {PANELS.map(([title, train, validation]) => (
        <Curve key={title} title={title} history={history} epochs={epochs} train={train} validation={validation} />
      ))}
      <div className="training__legend quiet small">
        <span className="training__key training__key--validation" /> validation
        <span className="training__key training__key--train" /> training, dropout on
      </div>
    </div>
  );
}

interface CurveProps extends CurvesProps {
  readonly title: string;
  readonly train: keyof EpochSummary;
  readonly validation: keyof EpochSummary;
}

function Curve({ title, history, epochs, train, validation }: CurveProps) {
  const holder = useRef<HTMLDivElement>(null);
  const surface = useSurface(204, 180);
  useEffect(() => {
    const { element } = epochCurve(surface, { title, train, validation }, history, epochs);
    showFigure(holder.current, element, `${title} by epoch, training and validation`);
  });
  return <div ref={holder} />;
}
