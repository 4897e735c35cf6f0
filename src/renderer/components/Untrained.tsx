import { Tooltip } from '@mantine/core';
import { useIsUntrained } from '../state/derived.ts';

/** Stands beside every probability of a run whose model saw no data. Draws nothing for a trained one. */
export function Untrained() {
  return useIsUntrained() ? <UntrainedMark /> : null;
}

export function UntrainedMark() {
  return (
    <Tooltip label="Seeded weights that saw no data: these numbers show that the program works and mean nothing about the sky.">
      <span className="untrained">UNTRAINED</span>
    </Tooltip>
  );
}
