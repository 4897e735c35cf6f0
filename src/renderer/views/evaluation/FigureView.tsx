import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { DrawnFigure, Figure } from '../../../figures/figure.ts';
import { DARK_PALETTE, LIGHT_PALETTE } from '../../../figures/palette.ts';
import { useThreshold } from '../../state/threshold.ts';

const FONT_PX = 11;
const LARGEST_WIDTH_PX = 760;
const SMALLEST_HEIGHT_PX = 200;

interface FigureViewProps {
  readonly figure: Figure;
  /** What was clicked: the words of the mark under the pointer, as the figure wrote them into its title. */
  readonly onMark?: (words: string) => void;
}

/** A figure in the width there is. Its threshold marker follows the window's threshold without a redraw. */
export function FigureView({ figure, onMark }: FigureViewProps) {
  const { ref: measure, width, height } = useElementSize<HTMLDivElement>();
  const host = useRef<HTMLDivElement>(null);
  const merged = useMergedRef(measure, host);
  const palette = useComputedColorScheme('dark') === 'dark' ? DARK_PALETTE : LIGHT_PALETTE;

  useEffect(() => {
    if (host.current === null || width < 80) return undefined;
    const drawn: DrawnFigure = figure.draw({
      document: document,
      widthPx: Math.min(LARGEST_WIDTH_PX, Math.floor(width)),
      heightPx: Math.min(Math.floor(width * 0.72), Math.max(SMALLEST_HEIGHT_PX, Math.floor(height) - 4)),
      palette,
      fontPx: FONT_PX,
    });
    host.current.replaceChildren(drawn.element as unknown as Node);
    drawn.moveTo(useThreshold.getState().threshold);
    return useThreshold.subscribe(({ threshold }) => drawn.moveTo(threshold));
  }, [figure, width, height, palette]);

  const onClick = (event: MouseEvent): void => {
    const words = event.target instanceof Element ? event.target.querySelector('title')?.textContent : undefined;
    if (words != null) onMark?.(words);
  };

  return (
    <div
      ref={merged}
      className="evaluation__figure"
      data-clickable={onMark === undefined ? undefined : true}
      role="img"
      aria-label={`${figure.title}. ${figure.caption}`}
      onClick={onClick}
    />
  );
}
