import { useMemo } from 'react';
import { PUBLISHED_CUTOUT } from '../../../core/cutout/cutout-recipe.ts';
import type { ImageLook } from '../../sky-map/image-display.ts';
import { imageDisplay, themeOf } from '../../sky-map/image-display.ts';
import { useDisplayChoice } from './use-display-choice.ts';

/** How an image is shown of which nothing is known yet but its tiles' own limits. */
export function useFirstLook(): ImageLook {
  const choice = useDisplayChoice();
  return useMemo(
    () => ({
      display: imageDisplay(choice, { levels: undefined, channels: PUBLISHED_CUTOUT }),
      theme: themeOf(choice),
    }),
    [choice],
  );
}
