import { positionAngle, separation } from '../../../core/sky/separation.ts';
import { degrees } from '../../../core/units/quantities.ts';
import { angle, fixed } from '../../components/format.ts';
import type { SkyPainter } from '../../sky-map/annotations.ts';
import type { Drag, DragStart } from '../../sky-map/drags.ts';
import type { SkyMap, Unsubscribe } from '../../sky-map/sky-map-types.ts';
import { screenOf, unitVector } from '../../sky-map/view-projection.ts';

interface SkyPlace {
  readonly raDeg: number;
  readonly decDeg: number;
}

const INK = { dark: '#ffd23e', light: '#7a4b00' } as const;
const CASING = { dark: 'rgba(0,0,0,0.7)', light: 'rgba(255,255,255,0.85)' } as const;
const TICK_PX = 5;

/** Length and direction of the way between two places, `1.23′ at 45.2°` (position angle, north through east). */
export function rulerText(from: SkyPlace, to: SkyPlace): string {
  const [a, b] = [from, to].map(({ raDeg, decDeg }) => ({ ra: degrees(raDeg), dec: degrees(decDeg) })) as [
    { ra: ReturnType<typeof degrees>; dec: ReturnType<typeof degrees> },
    { ra: ReturnType<typeof degrees>; dec: ReturnType<typeof degrees> },
  ];
  const { number, unit } = angle(separation(a, b));
  return `${number}${unit} at ${fixed(positionAngle(a, b), 1)}°`;
}

/** A great circle is a straight line in the gnomonic view, so the ruler is one. */
function paintRuler(from: SkyPlace, to: SkyPlace): SkyPainter {
  return ({ context, projection, theme }) => {
    const start = screenOf(projection, unitVector(from.raDeg, from.decDeg));
    const end = screenOf(projection, unitVector(to.raDeg, to.decDeg));
    if (start === undefined || end === undefined) return;
    const length = Math.hypot(end.x - start.x, end.y - start.y);
    if (length < 1) return;
    const across = { x: (-(end.y - start.y) / length) * TICK_PX, y: ((end.x - start.x) / length) * TICK_PX };
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    for (const { x, y } of [start, end]) {
      context.moveTo(x - across.x, y - across.y);
      context.lineTo(x + across.x, y + across.y);
    }
    for (const [style, width] of [
      [CASING[theme], 4],
      [INK[theme], 1.5],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
    const text = rulerText(from, to);
    context.font = `12px ${getComputedStyle(context.canvas).fontFamily}`;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.strokeStyle = CASING[theme];
    context.lineWidth = 4;
    const [x, y] = [(start.x + end.x) / 2, Math.min(start.y, end.y) - 8];
    context.strokeText(text, x, y);
    context.fillStyle = INK[theme];
    context.fillText(text, x, y);
  };
}

/** The one ruler of the sky: the last one stays, fixed to the sky, until the next or until it is cleared. */
function createRuler() {
  let remove: Unsubscribe | undefined;

  const clear = (): void => {
    remove?.();
    remove = undefined;
  };
  return {
    clear,
    isShown: () => remove !== undefined,
    begin(map: SkyMap, { point }: DragStart): Drag | undefined {
      const from = map.toSky(point);
      if (from === undefined) return undefined;
      clear();
      return {
        move(next) {
          const to = map.toSky(next);
          if (to === undefined) return;
          clear();
          remove = map.addPainter(paintRuler(from, to));
        },
        end: () => undefined,
        cancel: clear,
      };
    },
  };
}

export const ruler = createRuler();
