import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MouseEvent, PointerEvent } from 'react';
import type { DrawnFigure, Figure } from '../../../figures/figure.ts';
import { DARK_PALETTE, LIGHT_PALETTE } from '../../../figures/palette.ts';
import { useThreshold } from '../../state/threshold.ts';

const FONT_PX = 11;
const LARGEST_WIDTH_PX = 760;
const SMALLEST_HEIGHT_PX = 200;
/** A drag that is shorter is a click [CSS pixel]. */
const SHORTEST_BRUSH_PX = 5;

interface FigureViewProps {
  readonly figure: Figure;
  readonly isClickable?: boolean;
  /** What was clicked: the words of the mark under the pointer, as the figure wrote them into its title. */
  readonly onMark?: (words: string) => void;
  /** A range of the x axis that was dragged over. */
  readonly onBrush?: (low: number, high: number) => void;
}

/** From where to where the pointer is dragged [CSS pixel from the figure's left edge]. */
interface Brush {
  readonly fromPx: number;
  readonly toPx: number;
}

/** A figure in the width there is. Its threshold marker follows the window's threshold without a redraw. */
export function FigureView({ figure, isClickable = false, onMark, onBrush }: FigureViewProps) {
  const { ref: measure, width, height } = useElementSize<HTMLDivElement>();
  const host = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnFigure>(undefined);
  const merged = useMergedRef(measure, host);
  const [brush, setBrush] = useState<Brush | undefined>(undefined);
  const figureNow = useRef(figure);
  // A new figure of the same frame is new marks alone.
  const drawing: object = figure.layers?.frame ?? figure;
  const palette = useComputedColorScheme('dark') === 'dark' ? DARK_PALETTE : LIGHT_PALETTE;

  useLayoutEffect(() => {
    figureNow.current = figure;
    if (figure.layers !== undefined) drawn.current?.drawMarks?.(figure.layers);
  }, [figure]);
  useEffect(() => {
    if (page.current === null || width < 80) return undefined;
    const fresh = figureNow.current.draw({
      document: document,
      widthPx: Math.min(LARGEST_WIDTH_PX, Math.floor(width)),
      heightPx: Math.min(Math.floor(width * 0.72), Math.max(SMALLEST_HEIGHT_PX, Math.floor(height) - 4)),
      palette,
      fontPx: FONT_PX,
    });
    drawn.current = fresh;
    const element = fresh.element as unknown as Element;
    // Plot names groups that have no role, which a screen reader may not be told; the figure as a whole has its words.
    for (const group of element.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
    page.current.replaceChildren(element);
    fresh.moveTo(useThreshold.getState().threshold);
    return useThreshold.subscribe(({ threshold }) => fresh.moveTo(threshold));
  }, [drawing, width, height, palette]);

  const placeOf = (event: PointerEvent): number => event.clientX - (host.current?.getBoundingClientRect().left ?? 0);
  const valueAt = (px: number): number | undefined => drawn.current?.invertX(px - (page.current?.offsetLeft ?? 0));
  const isBrushable = onBrush !== undefined && !isClickable;

  const onClick = (event: MouseEvent): void => {
    const words =
      event.target instanceof Element ? event.target.querySelector(':scope > title')?.textContent : undefined;
    if (words != null) onMark?.(words);
  };
  const onPointerUp = (): void => {
    if (brush === undefined) return;
    setBrush(undefined);
    const [left, right] = [Math.min(brush.fromPx, brush.toPx), Math.max(brush.fromPx, brush.toPx)];
    const [low, high] = [valueAt(left), valueAt(right)];
    if (right - left >= SHORTEST_BRUSH_PX && low !== undefined && high !== undefined) onBrush?.(low, high);
  };

  return (
    <div
      ref={merged}
      className="evaluation__figure"
      data-clickable={isClickable || undefined}
      data-brushable={isBrushable || undefined}
      data-own-height={figure.hasOwnHeight === true || undefined}
      role="img"
      aria-label={`${figure.title}. ${figure.caption}`}
      onClick={onClick}
      onPointerDown={(event) => {
        if (onBrush === undefined || event.button !== 0) return;
        setBrush({ fromPx: placeOf(event), toPx: placeOf(event) });
      }}
      onPointerMove={(event) => {
        if (brush === undefined) return;
        // Only now: a captured pointer would take the click from the mark under it.
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush({ ...brush, toPx: placeOf(event) });
      }}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setBrush(undefined)}
    >
      <div ref={page} />
      {brush !== undefined && (
        <div
          className="evaluation__brush"
          style={{ left: Math.min(brush.fromPx, brush.toPx), width: Math.abs(brush.toPx - brush.fromPx) }}
        />
      )}
    </div>
  );
}
