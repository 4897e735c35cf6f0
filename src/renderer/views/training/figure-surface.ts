import { useComputedColorScheme } from '@mantine/core';
import type { Surface } from '../../../figures/figure.ts';
import { DARK_PALETTE, LIGHT_PALETTE } from '../../../figures/palette.ts';

/** A surface of the window's own theme. */
export function useSurface(widthPx: number, heightPx: number): Surface {
  const palette = useComputedColorScheme('dark') === 'dark' ? DARK_PALETTE : LIGHT_PALETTE;
  return { document, widthPx, heightPx, palette, fontPx: 11 };
}

/** Puts a drawn figure into its place, with the words that a screen reader says. */
export function showFigure(holder: HTMLElement | null, element: unknown, words: string): void {
  if (!(element instanceof Element)) return;
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', words);
  holder?.replaceChildren(element);
}
