import * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import type { EpochSummary } from '../../../contract/training.ts';

const PANELS = [
  ['Loss', 'trainLoss', 'validationLoss'],
  ['Accuracy', 'trainAccuracy', 'validationAccuracy'],
  ['Precision of MC', 'trainPrecision', 'validationPrecision'],
  ['Recall of MC', 'trainRecall', 'validationRecall'],
] as const;

interface CurvesProps {
  readonly history: readonly EpochSummary[];
  readonly epochs: number;
}

/** Loss, accuracy, precision and recall by epoch: training thin (with dropout, weights still moving), validation solid. */
export function Curves({ history, epochs }: CurvesProps) {
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

/** Whole epochs, five at most. */
function epochTicks(epochs: number): number[] {
  const stride = Math.max(1, Math.ceil(epochs / 5));
  return Array.from({ length: Math.ceil(epochs / stride) }, (_, index) => 1 + index * stride);
}

interface CurveProps extends CurvesProps {
  readonly title: string;
  readonly train: keyof EpochSummary;
  readonly validation: keyof EpochSummary;
}

function Curve({ title, history, epochs, train, validation }: CurveProps) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line = (value: keyof EpochSummary, options: Plot.LineOptions): Plot.Markish[] => {
      const points = history.filter((epoch) => Number.isFinite(epoch[value]));
      return [
        Plot.line(points, { x: 'epoch', y: value, ...options }),
        ...(points.length === 1 ? [Plot.dot(points, { x: 'epoch', y: value, r: 2, fill: 'currentColor' })] : []),
      ];
    };
    const plot = Plot.plot({
      width: 204,
      height: 180,
      marginLeft: 36,
      marginRight: 8,
      marginBottom: 30,
      marginTop: 24,
      style: { background: 'transparent', fontSize: '11px', overflow: 'visible' },
      x: { domain: [1, Math.max(2, epochs)], label: 'epoch', ticks: epochTicks(epochs), tickFormat: 'd' },
      y: { label: title, grid: true, ticks: 4, nice: true },
      marks: [
        ...line(train, { stroke: 'currentColor', strokeOpacity: 0.55, strokeWidth: 1 }),
        ...line(validation, { stroke: 'var(--accent)', strokeWidth: 2 }),
      ],
    });
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', `${title} by epoch, training and validation`);
    holder.current?.replaceChildren(plot);
    return () => plot.remove();
  }, [title, history, epochs, train, validation]);
  return <div ref={holder} />;
}
