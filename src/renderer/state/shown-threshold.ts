import { useSyncExternalStore } from 'react';
import { usePanelPlace } from '../components/panel-place.ts';
import { useThreshold } from './threshold.ts';

const hearNothing = () => () => undefined;
const itself = (threshold: number): number => threshold;

/**
 * The threshold, or what `select` makes of it, for a panel of the dock. Behind another tab it is not followed: a step of a
 * dragged threshold draws what is seen and nothing else. Coming to the front draws the panel again, with the threshold of
 * then.
 */
export function useShownThreshold(select: (threshold: number) => number = itself): number {
  const isHidden = usePanelPlace()?.isInFront === false;
  return useSyncExternalStore(isHidden ? hearNothing : useThreshold.subscribe, () =>
    select(useThreshold.getState().threshold),
  );
}
