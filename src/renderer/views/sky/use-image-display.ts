import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { PUBLISHED_CUTOUT } from '../../../core/cutout/cutout-recipe.ts';
import { useEngine } from '../../api/engine-context.tsx';
import type { DisplayFacts, ImageDisplay } from '../../sky-map/image-display.ts';
import { imageDisplay } from '../../sky-map/image-display.ts';
import type { SkyTheme } from '../../sky-map/sky-map-types.ts';
import { mosaicOf, useSkyView } from '../../state/sky-view.ts';

export interface ShownImage {
  readonly display: ImageDisplay;
  readonly facts: DisplayFacts;
  /** Unit of the limits; undefined until the engine has measured the image. */
  readonly unit: string | undefined;
  /** A light sky in either theme of the window gets the marks that are legible on it. */
  readonly theme: SkyTheme;
}

/** How the image is shown now, from what is chosen, what the engine knows of its pixels, and the window's theme. */
export function useImageDisplay(hipsKey: string, runId: number | undefined): ShownImage {
  const engine = useEngine();
  const { stretch, limits, colourMap, contrast, bias, layer } = useSkyView();
  const mosaic = mosaicOf(layer);
  const levels = useQuery({
    queryKey: ['sky-levels', hipsKey, mosaic],
    queryFn: () => engine.sky.levels({ mosaic }),
    staleTime: Infinity,
    // The picture stays as it is until the other mosaic is measured.
    placeholderData: (before) => before,
  }).data;
  const channels = useQuery({
    queryKey: ['sky-channels', hipsKey, runId],
    queryFn: () => engine.sky.channels(),
    staleTime: Infinity,
  }).data;
  const isLight = useIsSkyLight();
  return useMemo(() => {
    const facts = { levels: levels ?? undefined, channels: channels ?? PUBLISHED_CUTOUT };
    const choice = { stretch, limits, colourMap, isInverted: isLight, contrast, bias };
    return {
      display: imageDisplay(choice, facts),
      facts,
      unit: levels?.unit,
      theme: isLight ? ('light' as const) : ('dark' as const),
    };
  }, [stretch, limits, colourMap, isLight, contrast, bias, levels, channels]);
}

/** On a light window the sky is light too, as in papers, unless it is inverted back. */
export function useIsSkyLight(): boolean {
  const isInverted = useSkyView((state) => state.isInverted);
  const scheme = useComputedColorScheme('dark');
  return isInverted !== (scheme === 'light');
}
