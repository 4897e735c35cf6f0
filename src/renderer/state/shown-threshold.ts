import { useSyncExternalStore } from 'react';
import { usePanelPlace } from '../components/panel-place.ts';
import { useRestingThreshold } from './resting-threshold.ts';
import { useThreshold } from './threshold.ts';

const hearNothing = () => () => undefined;
const itself = (threshold: number): number => threshold;

/**
 * The threshold, or what `select` makes of it, for a panel of the dock. Behind another tab it is not followed: a step of a
 * dragged threshold draws what is seen and nothing else. Coming to the front draws the panel again, with the threshold of
 * then.
 */
export function useShownThreshold(select: (threshold: number) => number = itself): number {
  return useShown(useThreshold, select);
}

/** The threshold where a drag rests, followed as `useShownThreshold` follows. */
export function useShownRestingThreshold(): number {
  return useShown(useRestingThreshold, itself);
}

interface ThresholdStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => { readonly threshold: number };
}

function useShown({ subscribe, getState }: ThresholdStore, select: (threshold: number) => number): number {
  const isHidden = usePanelPlace()?.isInFront === false;
  return useSyncExternalStore(isHidden ? hearNothing : subscribe, () => select(getState().threshold));
}
