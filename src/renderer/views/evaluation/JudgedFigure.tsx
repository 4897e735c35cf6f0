import { useEffect } from 'react';
import type { Figure } from '../../../figures/figure.ts';
import type { RowSet } from '../../state/row-set.ts';
import { useThreshold } from '../../state/threshold.ts';
import { FigureView } from './FigureView.tsx';
import { rowsOfBrush, rowsOfMark } from './linked-rows.ts';
import type { LinkedFigure } from './linked-rows.ts';
import { showOnly } from './show-only.ts';
import type { FigureRequest } from './use-figure.ts';
import { isInSample, SUBSET_SAMPLE, useFigure } from './use-figure.ts';

interface JudgedFigureProps {
  readonly request: FigureRequest;
  /** Told of each figure that comes on screen, for whoever saves it; the same function for as long as it is shown. */
  readonly onFigure: (figure: Figure) => void;
}

/**
 * The chosen figure with its caption, linked to the sources behind its marks. It alone of the panel is rendered with each
 * step of the threshold, and only where its marks or its caption follow one.
 */
export function JudgedFigure({ request, onFigure }: JudgedFigureProps) {
  const { choice, judged, sources, subset, property, mode } = request;
  const { figure, bins, values } = useFigure(request);
  useEffect(() => onFigure(figure), [figure, onFigure]);
  const isClickable = choice === 'property' || choice === 'histogram' || choice === 'matrices';
  const linked = (): LinkedFigure => ({
    choice,
    judged,
    isInSample: (name, index) =>
      name === SUBSET_SAMPLE ? subset?.isIn(index) === true : isInSample(name, judged, sources, index),
    property,
    bins,
    values,
    threshold: useThreshold.getState().threshold,
    mode,
  });
  return (
    <>
      <FigureView
        figure={figure}
        isClickable={isClickable}
        onMark={(words) => show(rowsOfMark(words, linked()))}
        {...(choice === 'matrices'
          ? {}
          : { onBrush: (low: number, high: number) => show(rowsOfBrush(low, high, linked())) })}
      />
      <p className="evaluation__caption small quiet">
        {figure.caption}{' '}
        {isClickable
          ? 'Click a cell, bar or bin to see its sources.'
          : 'Drag across the figure to see the sources there.'}
      </p>
    </>
  );
}

function show(rows: RowSet | undefined): void {
  if (rows !== undefined) showOnly(rows);
}
