import type { ReactElement } from 'react';
import { PROBABILITY_STOPS } from '../components/probability-ramp.ts';
import { fixed } from '../components/format.ts';
import type { ImageDisplay } from './image-display.ts';
import { barTicks } from './image-display.ts';

/** Where a bar stands in the furniture [CSS pixel]; its labels take the 14 pixels below. */
export interface BarPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** What text over the sky looks like. */
export type SkyText = Readonly<Record<string, unknown>>;

const HEIGHT_PX = 8;
const LABEL_PX = 13;
/** Room that the longest label needs. */
const TICK_GAP_PX = 28;

const PROBABILITY_COLOURS = PROBABILITY_STOPS.map((rgb) => `rgb(${rgb.join(' ')})`);

interface ProbabilityBarProps extends BarPlace {
  readonly line: string;
  readonly text: SkyText;
}

/** The ramp of P(MC). */
export function ProbabilityScale({ x, y, width, line, text }: ProbabilityBarProps): ReactElement {
  const label = y + HEIGHT_PX + LABEL_PX;
  return (
    <g>
      <Ramp id="sky-probability-ramp" {...{ x, y, width, line }} colours={PROBABILITY_COLOURS} />
      <text x={x} y={label} {...text}>
        0
      </text>
      <text x={x + width / 2} y={label} textAnchor="middle" {...text}>
        P(MC)
      </text>
      <text x={x + width} y={label} textAnchor="end" {...text}>
        1
      </text>
    </g>
  );
}

interface ThresholdMarkProps extends BarPlace {
  readonly threshold: number;
  readonly line: string;
}

/** The threshold on the ramp of P(MC), apart from it: a step moves this line and nothing else. */
export function ThresholdMark({ x, y, width, threshold, line }: ThresholdMarkProps): ReactElement {
  return <path d={`M${x + threshold * width} ${y - 3}V${y + HEIGHT_PX + 3}`} stroke={line} strokeWidth={2} />;
}

interface ImageBarProps extends BarPlace {
  readonly display: ImageDisplay;
  readonly unit: string;
  readonly line: string;
  readonly text: SkyText;
}

/** The image's colours from the lower to the upper limit, with values at their places. */
export function ImageScale({ x, y, width, display, unit, line, text }: ImageBarProps): ReactElement {
  const ticks = barTicks(display, TICK_GAP_PX / width);
  const label = y + HEIGHT_PX + LABEL_PX;
  return (
    <g>
      <Ramp id="sky-image-ramp" {...{ x, y, width, line }} colours={display.barColours} />
      {ticks.map(({ value, place }) => (
        <g key={value}>
          <path d={`M${x + place * width} ${y + HEIGHT_PX}v3`} stroke={line} strokeWidth={1} />
          <text x={x + place * width} y={label} textAnchor="middle" {...text}>
            {tickText(value)}
          </text>
        </g>
      ))}
      <text x={x + width} y={y - 5} textAnchor="end" {...text}>
        {unit}
      </text>
    </g>
  );
}

/** As many decimals as a round value has. */
function tickText(value: number): string {
  const decimals = /e-(\d+)$/.exec(value.toExponential())?.[1];
  const mantissa = /^-?\d+(?:\.(\d+))?e/.exec(value.toExponential())?.[1]?.length ?? 0;
  return fixed(value, decimals === undefined ? 0 : Number(decimals) + mantissa);
}

interface RampProps extends BarPlace {
  readonly id: string;
  readonly colours: readonly string[];
  readonly line: string;
}

function Ramp({ id, x, y, width, colours, line }: RampProps): ReactElement {
  return (
    <>
      <defs>
        <linearGradient id={id}>
          {colours.map((colour, i) => (
            <stop key={i} offset={i / (colours.length - 1)} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <rect x={x} y={y} width={width} height={HEIGHT_PX} fill={`url(#${id})`} stroke={line} strokeWidth={0.5} />
    </>
  );
}
