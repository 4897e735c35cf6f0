import { NumberInput, Tooltip } from '@mantine/core';
import { memo, useMemo, useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { ASSOCIATION_MODE_WORDS } from '../../../core/evaluation/association-correction.ts';
import { countsAt } from '../../../core/evaluation/score-table.ts';
import { count, duration } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { probabilityColour } from '../../components/probability-ramp.ts';
import { ThresholdEntry } from '../../components/ThresholdEntry.tsx';
import { Untrained } from '../../components/Untrained.tsx';
import { useFlaggedCount } from '../../state/derived.ts';
import { useEvaluation, useJudged, useKeepJudgedRows } from '../../state/evaluation.ts';
import { usePredictions } from '../../state/predictions.ts';
import { histogramOf } from '../../state/score-order.ts';
import { THRESHOLD_STEP, useThreshold } from '../../state/threshold.ts';
import { useView } from '../../state/view.ts';
import { ThresholdWishes } from './ThresholdWishes.tsx';
import { useTrainingSplit } from './use-training-split.ts';
import './threshold-bar.css';

const BINS = 100;
const ENTRY_STYLES = { input: { fontVariantNumeric: 'tabular-nums', textAlign: 'right' } } as const;

/** The spine of the window: where the line between S and MC is drawn, and what that costs. */
export function ThresholdBar() {
  useKeepJudgedRows(useTrainingSplit());
  return (
    <section className="threshold" aria-label="Threshold">
      <div className="threshold__line">
        <div className="threshold__value">
          <Tooltip label="Sources with P(MC) at or above the threshold are flagged for association. P(MC) is the softmax output under the balanced training prior, not a calibrated rate.">
            <label htmlFor="threshold" className="quiet small">
              Threshold
            </label>
          </Tooltip>
          <div className="threshold__entry">
            <Entry />
            <ThresholdWishes />
          </div>
        </div>
        <Track />
        <Cost />
      </div>
    </section>
  );
}

function Entry() {
  const threshold = useThreshold((state) => state.threshold);
  const setThreshold = useThreshold((state) => state.setThreshold);
  return (
    <ThresholdEntry id="threshold" value={threshold} fixedDecimalScale onChoose={setThreshold} styles={ENTRY_STYLES} />
  );
}

function Track() {
  const track = useRef<HTMLDivElement>(null);
  const threshold = useThreshold((state) => state.threshold);
  const setThreshold = useThreshold((state) => state.setThreshold);
  const sorted = usePredictions((state) => state.sorted);

  const follow = (event: PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    setThreshold(Math.round(((event.clientX - box.left) / box.width) * 100) / 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: -THRESHOLD_STEP,
      ArrowDown: -THRESHOLD_STEP,
      ArrowRight: THRESHOLD_STEP,
      ArrowUp: THRESHOLD_STEP,
      PageDown: -0.1,
      PageUp: 0.1,
      Home: -1,
      End: 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setThreshold(threshold + step);
  };

  return (
    <div
      ref={track}
      className="threshold__track"
      role="slider"
      tabIndex={0}
      aria-label="Threshold on P(MC)"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={threshold}
      aria-valuetext={`P(MC) at or above ${threshold}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <Histogram sorted={sorted} />
      {/* Bins that lie wholly below are dimmed by one veil: a step of the threshold moves one edge, not a hundred bars. */}
      <div className="threshold__veil" style={{ width: `${(100 * Math.floor(threshold * BINS + 1e-9)) / BINS}%` }} />
      <div className="threshold__handle" style={{ left: `${threshold * 100}%` }} />
      <div className="threshold__ticks" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <span key={tick} style={{ left: `${tick * 100}%` }}>
            {tick === 0 ? 'P(MC) 0' : tick}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Counts on a logarithmic height: the flagged tail is a few in ten thousand and must be seen beside the peak at 0. */
const Histogram = memo(function Histogram({ sorted }: { readonly sorted: Float64Array }) {
  const bins = useMemo(() => histogramOf(sorted, BINS), [sorted]);
  const highest = Math.log1p(bins.reduce((most, value) => Math.max(most, value), 1));
  return (
    <svg className="threshold__histogram" viewBox={`0 0 ${BINS} 1`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from(bins, (value, bin) => {
        const height = Math.log1p(value) / highest;
        return (
          <rect
            key={bin}
            x={bin + 0.08}
            width={0.84}
            y={1 - height}
            height={height}
            fill={probabilityColour((bin + 0.5) / BINS)}
          />
        );
      })}
    </svg>
  );
});

/** What the threshold misses, where the truth is known: of the judged MC sources, found alone or through another row. */
function ExpectedMisses() {
  const judged = useJudged((state) => state.rows);
  const mode = useEvaluation((state) => state.mode);
  const threshold = useThreshold((state) => state.threshold);
  if (judged === undefined || judged.isRefused) return null;
  const { falseNegative } = countsAt(judged.table, threshold, mode);
  return (
    <span
      className="quiet threshold__missed"
      title={`${count(falseNegative)} of ${count(judged.table.mc.length)} labelled MC sources are missed, ${ASSOCIATION_MODE_WORDS[mode]}`}
    >
      {' '}
      · {count(falseNegative)} missed
    </span>
  );
}

/** What a step of the threshold changes is text alone; fields and tooltips around it stay as they are. */
const FlaggedCount = () => <strong className="threshold__flagged">{count(useFlaggedCount())}</strong>;

function InspectionTime() {
  const flagged = useFlaggedCount();
  const seconds = useThreshold((state) => state.secondsPerSource);
  return <>~{duration(flagged * seconds)}</>;
}

function Cost() {
  const seconds = useThreshold((state) => state.secondsPerSource);
  const setSeconds = useThreshold((state) => state.setSecondsPerSource);
  const scored = usePredictions((state) => state.sorted.length);
  const setView = useView((state) => state.set);
  return (
    <div className="threshold__cost">
      <div aria-live="polite">
        <FlaggedCount /> flagged
        <span className="quiet threshold__spare"> of {count(scored)}</span> <ExpectedMisses /> <Untrained />
      </div>
      <div className="quiet small threshold__time">
        <InspectionTime /> <span className="threshold__spare">to inspect</span> at
        <NumberInput
          aria-label="Seconds to inspect one source"
          size="xs"
          value={seconds}
          min={1}
          max={600}
          w={9 * String(seconds).length + 4}
          variant="unstyled"
          onChange={(value) => {
            if (value !== '') setSeconds(Number(value));
          }}
          styles={{
            input: {
              height: 16,
              minHeight: 16,
              textAlign: 'right',
              padding: 0,
              fontSize: 11,
              textDecoration: 'underline dotted',
            },
          }}
        />
        s each
      </div>
      <Tooltip label="Lists and regions for TOPCAT, DS9, CARTA and Python (Ctrl+E)">
        <button type="button" className="threshold__export" onClick={() => setView({ dialog: 'export' })}>
          <Icon name="download" size={14} />
          <span>Export…</span>
        </button>
      </Tooltip>
    </div>
  );
}
