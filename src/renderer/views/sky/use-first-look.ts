import { useMemo } from 'react';
import { PUBLISHED_CUTOUT } from '../../../core/cutout/cutout-recipe.ts';
import type { ImageLook } from '../../sky-map/image-display.ts';
import { imageDisplay } from '../../sky-map/image-display.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { useIsSkyLight } from './use-image-display.ts';

/** How an image is shown of which nothing is known yet but its tiles' own limits. */
export function useFirstLook(): ImageLook {
  const { stretch, limits, colourMap, contrast, bias } = useSkyView();
  const isLight = useIsSkyLight();
  return useMemo(() => {
    const choice = { stretch, limits, colourMap, isInverted: isLight, contrast, bias };
    const display = imageDisplay(choice, { levels: undefined, channels: PUBLISHED_CUTOUT });
    return { display, theme: isLight ? 'light' : 'dark' };
  }, [stretch, limits, colourMap, isLight, contrast, bias]);
}
