import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { DisplayChoice } from '../../sky-map/image-display.ts';
import { useSkyView } from '../../state/sky-view.ts';

/**
 * How the image is to be shown, whatever is known of it. On a light window the sky is light too, as in papers, unless it is
 * inverted back.
 */
export function useDisplayChoice(): DisplayChoice {
  const { stretch, limits, colourMap, contrast, bias, ...chosen } = useSkyView();
  const isInverted = chosen.isInverted !== (useComputedColorScheme('dark') === 'light');
  return useMemo(
    () => ({ stretch, limits, colourMap, isInverted, contrast, bias }),
    [stretch, limits, colourMap, isInverted, contrast, bias],
  );
}
