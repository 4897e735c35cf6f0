import { useEffect } from 'react';
import { PUBLISHED_CUTOUT } from '../../../core/cutout/cutout-recipe.ts';
import { paths } from '../../../contract/paths.ts';
import { imageDisplay } from '../../sky-map/image-display.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { skyMapHolder } from './sky-map-holder.ts';
import { useIsSkyLight } from './use-image-display.ts';

/** The page has to be drawn and its keys have to answer first [ms]. */
const LATEST_MS = 500;

/** Makes the sky while nobody waits for it: a page without a field is a page on which one is about to be opened. */
export function useWarmSky(): void {
  const isLight = useIsSkyLight();
  useEffect(() => {
    const idle = requestIdleCallback(
      () => {
        const choice = useSkyView.getState();
        skyMapHolder.warm({
          blankUrl: `${paths.hips}blank`,
          theme: isLight ? 'light' : 'dark',
          display: imageDisplay({ ...choice, isInverted: isLight }, { levels: undefined, channels: PUBLISHED_CUTOUT }),
        });
      },
      { timeout: LATEST_MS },
    );
    return () => cancelIdleCallback(idle);
  }, [isLight]);
}
