import type { NumberInputProps } from '@mantine/core';
import { NumberInput } from '@mantine/core';
import { THRESHOLD_DECIMALS, THRESHOLD_STEP } from '../state/threshold.ts';

interface ThresholdEntryProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  readonly value: number;
  /** May be given a number that is no threshold, while it is typed. */
  readonly onChoose: (typed: number) => void;
}

/** A threshold on P(MC), to be typed to as many digits as are applied. */
export function ThresholdEntry({ onChoose, ...others }: ThresholdEntryProps) {
  return (
    <NumberInput
      min={0}
      max={1}
      step={THRESHOLD_STEP}
      decimalScale={THRESHOLD_DECIMALS}
      w={64}
      onChange={(typed) => {
        if (typed !== '') onChoose(Number(typed));
      }}
      {...others}
    />
  );
}
