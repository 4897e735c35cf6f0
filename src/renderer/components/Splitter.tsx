import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

interface SplitterProps {
  /** The edge of the panel that it sits on. */
  readonly side: 'left' | 'right' | 'top';
  readonly label: string;
  /** Present size of the panel [CSS pixel] and its limits. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly onSize: (size: number) => void;
}

const KEY_STEP_PX = 16;

/** The edge of a panel, to be dragged or moved with the arrow keys. */
export function Splitter({ side, label, size, least, most, onSize }: SplitterProps) {
  const [start, setStart] = useState<{ readonly at: number; readonly size: number } | undefined>(undefined);
  const isVertical = side !== 'top';
  const growth = side === 'right' ? 1 : -1;
  const placeOf = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);
  const resize = (wanted: number): void => onSize(Math.min(most, Math.max(least, Math.round(wanted))));

  const onKeyDown = (event: KeyboardEvent): void => {
    const backward = isVertical ? 'ArrowLeft' : 'ArrowUp';
    const forward = isVertical ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== backward && event.key !== forward) return;
    event.preventDefault();
    resize(size + (event.key === forward ? 1 : -1) * growth * KEY_STEP_PX);
  };

  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={`splitter splitter--${isVertical ? 'vertical' : 'horizontal'}`}
      data-dragging={start === undefined ? undefined : true}
      style={{ [side]: -3 }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ at: placeOf(event), size });
      }}
      onPointerMove={(event) => {
        if (start !== undefined) resize(start.size + growth * (placeOf(event) - start.at));
      }}
      onPointerUp={() => setStart(undefined)}
    />
  );
}
