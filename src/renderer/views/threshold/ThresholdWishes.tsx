import { ActionIcon, Button, NumberInput, Popover, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { ThresholdWish } from '../../../core/evaluation/cost-threshold.ts';
import { thresholdOnGrid } from '../../../core/evaluation/cost-threshold.ts';
import { ASSOCIATION_MODE_WORDS } from '../../../core/evaluation/association-correction.ts';
import { count, duration } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { usePredictions } from '../../state/predictions.ts';
import { countAtOrAbove } from '../../state/score-order.ts';
import { THRESHOLD_DECIMALS, useThreshold } from '../../state/threshold.ts';

type WishKind = ThresholdWish['kind'];

/** The wishes as sentences with a number in them. */
const WISHES: readonly {
  readonly kind: WishKind;
  readonly before: string;
  readonly after: string;
  readonly first: number;
  readonly step: number;
  readonly most?: number;
}[] = [
  { kind: 'recall', before: 'Recall at least', after: '', first: 0.95, step: 0.01, most: 1 },
  { kind: 'sources', before: 'At most', after: 'sources', first: 500, step: 50 },
  { kind: 'hours', before: 'At most', after: 'hours', first: 2, step: 0.5 },
];

/** Says what the threshold has to give, or may cost, in place of the threshold. */
export function ThresholdWishes() {
  return (
    <Popover position="top-start" shadow="md" width={344} trapFocus>
      <Popover.Target>
        <Tooltip label="Threshold from a recall, a number of sources or hours">
          <ActionIcon variant="subtle" color="gray" size={24} aria-label="Threshold from what it should give or cost">
            <Icon name="target" size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="threshold-wishes">
        {WISHES.map((wish) => (
          <WishLine key={wish.kind} {...wish} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function WishLine({ kind, before, after, first, step, most }: (typeof WISHES)[number]) {
  const [wanted, setWanted] = useState(first);
  const sorted = usePredictions((state) => state.sorted);
  const judged = useJudged((state) => state.rows);
  const mode = useEvaluation((state) => state.mode);
  const secondsPerSource = useThreshold((state) => state.secondsPerSource);
  const setThreshold = useThreshold((state) => state.setThreshold);
  const wish = wishOf(kind, wanted, secondsPerSource);
  const found = thresholdOnGrid(
    wish,
    sorted,
    judged?.isRefused === false ? judged.table : undefined,
    mode,
    10 ** THRESHOLD_DECIMALS,
  );
  const flagged = found.defined ? countAtOrAbove(sorted, found.value) : 0;
  return (
    <form
      className="threshold-wishes__line"
      onSubmit={(event) => {
        event.preventDefault();
        if (found.defined) setThreshold(found.value);
      }}
    >
      <span>{before}</span>
      <NumberInput
        aria-label={`${before} … ${after === '' ? kind : after}`}
        size="xs"
        value={wanted}
        min={0}
        {...(most === undefined ? {} : { max: most })}
        step={step}
        w={72}
        onChange={(value) => {
          if (typeof value === 'number') setWanted(value);
        }}
      />
      <span>{after}</span>
      <Button size="compact-xs" type="submit" disabled={!found.defined}>
        Set
      </Button>
      <p className="quiet small">
        {found.defined
          ? `${found.value.toFixed(THRESHOLD_DECIMALS)}: ${count(flagged)} flagged, ~${duration(flagged * secondsPerSource)}` +
            (kind === 'recall' ? `; ${ASSOCIATION_MODE_WORDS[mode]}` : '')
          : `Not to be had: ${found.reason}.`}
      </p>
    </form>
  );
}

function wishOf(kind: WishKind, wanted: number, secondsPerSource: number): ThresholdWish {
  switch (kind) {
    case 'recall':
      return { kind, atLeast: wanted };
    case 'sources':
      return { kind, atMost: wanted };
    case 'hours':
      return { kind, atMost: wanted, secondsPerSource };
  }
}
