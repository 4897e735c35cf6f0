import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { PUBLISHED_CUTOUT } from '../../../core/cutout/cutout-recipe.ts';
import { useEngine } from '../../api/engine-context.tsx';
import type { DisplayFacts, ImageDisplay } from '../../sky-map/image-display.ts';
import { imageDisplay, themeOf } from '../../sky-map/image-display.ts';
import type { SkyTheme } from '../../sky-map/sky-map-types.ts';
import { mosaicOf, useSkyView } from '../../state/sky-view.ts';
import { useDisplayChoice } from './use-display-choice.ts';

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
  const choice = useDisplayChoice();
  const mosaic = useSkyView((state) => mosaicOf(state.layer));
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
  return useMemo(() => {
    const facts = { levels: levels ?? undefined, channels: channels ?? PUBLISHED_CUTOUT };
    return {
      display: imageDisplay(choice, facts),
      facts,
      unit: levels?.unit,
      theme: themeOf(choice),
    };
  }, [choice, levels, channels]);
}
