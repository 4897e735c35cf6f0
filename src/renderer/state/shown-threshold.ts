import { useSyncExternalStore } from 'react';
import { usePanelPlace } from '../components/panel-place.ts';
import { useThreshold } from './threshold.ts';

const hearNothing = () => () => undefined;
const thresholdNow = (): number => useThreshold.getState().threshold;

/**
 * The threshold, for a panel of the dock. Behind another tab it is not followed: a step of a dragged threshold draws what
 * is seen and nothing else. Coming to the front draws the panel again, with the threshold of then.
 * @param isNeeded false where what is shown does not depend on it
 */
export function useShownThreshold(isNeeded = true): number {
  const isHidden = usePanelPlace()?.isInFront === false;
  return useSyncExternalStore(isHidden || !isNeeded ? hearNothing : useThreshold.subscribe, thresholdNow);
}
