import { useEffect } from 'react';
import { paths } from '../../../contract/paths.ts';
import { skyMapHolder } from './sky-map-holder.ts';
import { useFirstLook } from './use-first-look.ts';

/** The page has to be drawn and its keys have to answer first [ms]. */
const LATEST_MS = 500;

/** Makes the sky while nobody waits for it: a page without a field is a page on which one is about to be opened. */
export function useWarmSky(): void {
  const look = useFirstLook();
  useEffect(() => {
    const idle = requestIdleCallback(() => skyMapHolder.warm({ blankUrl: `${paths.hips}blank`, ...look }), {
      timeout: LATEST_MS,
    });
    return () => cancelIdleCallback(idle);
  }, [look]);
}
