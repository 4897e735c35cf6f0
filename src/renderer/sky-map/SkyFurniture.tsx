import { memo, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { ImageScale, ProbabilityScale, ThresholdMark } from './ColourBars.tsx';
import type { BarPlace, SkyText } from './ColourBars.tsx';
import type { ImageDisplay } from './image-display.ts';
import { scaleBarFor } from './scale-bar.ts';
import type { SkyMap, SkyTheme } from './sky-map-types.ts';

export interface SkyFurnitureProps {
  readonly map: SkyMap;
  readonly theme: SkyTheme;
  /** Restoring beam, FWHM [arcsec] and position angle [deg, north through east]; undefined where the mosaic has none. */
  readonly beam: { readonly majArcsec: number; readonly minArcsec: number; readonly paDeg: number } | undefined;
  /** Marked on the colour bar; undefined hides the bar (no probabilities yet). */
  readonly threshold: number | undefined;
  /** For the image's colour bar, which is left out while its unit and limits are not known. */
  readonly image: { readonly display: ImageDisplay; readonly unit: string | undefined };
}

interface Placement {
  readonly width: number;
  readonly pxPerArcsec: number;
  readonly northDeg: number;
  readonly eastDeg: number;
}

const INK: Readonly<Record<SkyTheme, { readonly line: string; readonly casing: string }>> = {
  dark: { line: '#e8eaee', casing: 'rgba(0, 0, 0, 0.65)' },
  light: { line: '#16181d', casing: 'rgba(255, 255, 255, 0.75)' },
};
const LONGEST_BAR_PX = 140;
const COMPASS_PX = 22;
const SMALLEST_BEAM_PX = 3;
const LARGEST_BEAM_PX = 60;
const HEIGHT_PX = 112;
const EDGE_PX = 12;
/** Height of the bars above the lower edge. */
const BAR_RISE_PX = 26;
const LONGEST_COLOUR_BAR_PX = 200;

/** Directions and scale of the view, from two points beside its centre. */
function placementOf(map: SkyMap): Placement | undefined {
  const { raDeg, decDeg, fovDeg } = map.view();
  const step = fovDeg / 100;
  const decStep = decDeg + step > 89.9 ? -step : step;
  const centre = map.toScreen(raDeg, decDeg);
  const north = map.toScreen(raDeg, decDeg + decStep);
  const east = map.toScreen(raDeg + step / Math.max(0.01, Math.cos((decDeg * Math.PI) / 180)), decDeg);
  if (centre === undefined || north === undefined || east === undefined) return undefined;
  const sign = Math.sign(decStep);
  const angle = (x: number, y: number): number => (Math.atan2(y, x) * 180) / Math.PI;
  return {
    width: map.size().width,
    pxPerArcsec: Math.hypot(north.x - centre.x, north.y - centre.y) / (step * 3600),
    northDeg: angle(sign * (north.x - centre.x), sign * (north.y - centre.y)),
    eastDeg: angle(east.x - centre.x, east.y - centre.y),
  };
}

/** Compass, scale bar, beam and colour bars along the sky's lower edge. Lets the pointer through. */
export function SkyFurniture({ threshold, ...shown }: SkyFurnitureProps): ReactElement | null {
  const { map, theme, beam } = shown;
  const [placement, setPlacement] = useState<Placement | undefined>(() => placementOf(map));
  useEffect(() => {
    const place = (): void => setPlacement(placementOf(map));
    // The map may have been drawn in its place between this page's drawing and now.
    place();
    return map.onViewChanged(place);
  }, [map]);
  if (placement === undefined) return null;
  const bar = scaleBarFor(placement.pxPerArcsec, LONGEST_BAR_PX);
  return (
    <svg
      className="sky-furniture"
      width={placement.width}
      height={HEIGHT_PX}
      style={{ position: 'absolute', left: 0, bottom: 0, pointerEvents: 'none', fontFamily: 'inherit' }}
      role="img"
      aria-label={`Scale bar ${bar.label}${beam === undefined ? '' : `, beam ${beam.majArcsec.toFixed(1)} by ${beam.minArcsec.toFixed(1)} arcseconds`}`}
    >
      <Scenery {...shown} placement={placement} hasProbabilities={threshold !== undefined} />
      {threshold !== undefined && (
        <ThresholdMark {...probabilityBarPlace(placement)} threshold={threshold} line={INK[theme].line} />
      )}
    </svg>
  );
}

/** Where colour bars begin [CSS pixel from the furniture's upper edge]. */
const BARS_PX = HEIGHT_PX - BAR_RISE_PX;

const barWidthOf = ({ width }: Placement): number => Math.min(LONGEST_COLOUR_BAR_PX, (width - 4 * EDGE_PX) / 2);

const probabilityBarPlace = (placement: Placement): BarPlace => ({
  x: EDGE_PX,
  y: BARS_PX,
  width: barWidthOf(placement),
});

interface SceneryProps extends Omit<SkyFurnitureProps, 'threshold'> {
  readonly placement: Placement;
  readonly hasProbabilities: boolean;
}

/** All that no threshold moves. */
const Scenery = memo(function Scenery({ theme, beam, image, placement, hasProbabilities }: SceneryProps) {
  const { line, casing } = INK[theme];
  const bar = scaleBarFor(placement.pxPerArcsec, LONGEST_BAR_PX);
  const text: SkyText = {
    fill: line,
    stroke: casing,
    strokeWidth: 3,
    paintOrder: 'stroke',
    fontSize: 11,
    style: { fontVariantNumeric: 'tabular-nums' },
  };
  const compass = { x: EDGE_PX + COMPASS_PX + 6, y: BARS_PX - 20 };
  const barStart = { x: compass.x + 24, y: compass.y };
  const barWidth = barWidthOf(placement);
  const scalePath = `M${barStart.x} ${barStart.y - 4}v4h${bar.lengthPx}v-4`;
  return (
    <>
      <CompassArm x={compass.x} y={compass.y} angleDeg={placement.northDeg} letter="N" line={line} casing={casing} />
      <CompassArm x={compass.x} y={compass.y} angleDeg={placement.eastDeg} letter="E" line={line} casing={casing} />
      <path d={scalePath} fill="none" stroke={casing} strokeWidth={4} />
      <path d={scalePath} fill="none" stroke={line} strokeWidth={1.5} />
      <text x={barStart.x + bar.lengthPx / 2} y={barStart.y - 7} textAnchor="middle" {...text}>
        {bar.label}
      </text>
      {beam !== undefined && <Beam beam={beam} placement={placement} line={line} casing={casing} text={text} />}
      {hasProbabilities && <ProbabilityScale {...probabilityBarPlace(placement)} line={line} text={text} />}
      {image.unit !== undefined && image.display.limits !== undefined && (
        <ImageScale
          x={placement.width - EDGE_PX - barWidth}
          y={BARS_PX}
          width={barWidth}
          display={image.display}
          unit={image.unit}
          line={line}
          text={text}
        />
      )}
    </>
  );
});

interface CompassArmProps {
  readonly x: number;
  readonly y: number;
  /** From the screen's right, clockwise. */
  readonly angleDeg: number;
  readonly letter: string;
  readonly line: string;
  readonly casing: string;
}

function CompassArm({ x, y, angleDeg, letter, line, casing }: CompassArmProps): ReactElement {
  const radians = (angleDeg * Math.PI) / 180;
  const end = { x: x + COMPASS_PX * Math.cos(radians), y: y + COMPASS_PX * Math.sin(radians) };
  const label = { x: x + (COMPASS_PX + 9) * Math.cos(radians), y: y + (COMPASS_PX + 9) * Math.sin(radians) };
  return (
    <>
      <line x1={x} y1={y} x2={end.x} y2={end.y} stroke={casing} strokeWidth={4} />
      <line x1={x} y1={y} x2={end.x} y2={end.y} stroke={line} strokeWidth={1.5} />
      <text
        x={label.x}
        y={label.y}
        fill={line}
        stroke={casing}
        strokeWidth={3}
        paintOrder="stroke"
        fontSize={11}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {letter}
      </text>
    </>
  );
}

interface BeamProps {
  readonly beam: { readonly majArcsec: number; readonly minArcsec: number; readonly paDeg: number };
  readonly placement: Placement;
  readonly line: string;
  readonly casing: string;
  readonly text: SkyText;
}

/** The beam at the view's scale; left out where it would be smaller than a dot or larger than its corner. */
function Beam({ beam, placement, line, casing, text }: BeamProps): ReactElement | null {
  const majPx = beam.majArcsec * placement.pxPerArcsec;
  const minPx = beam.minArcsec * placement.pxPerArcsec;
  if (majPx < SMALLEST_BEAM_PX || majPx > LARGEST_BEAM_PX) return null;
  // Above the image's colour bar, clear of its unit.
  const x = placement.width - EDGE_PX - majPx / 2;
  const y = BARS_PX - 22 - majPx / 2;
  // East lies counter-clockwise of north on an ordinary sky, clockwise on a mirrored one.
  const handedness = Math.sign(Math.sin(((placement.eastDeg - placement.northDeg) * Math.PI) / 180));
  const majorDeg = placement.northDeg + handedness * beam.paDeg;
  const shape = { cx: x, cy: y, rx: majPx / 2, ry: minPx / 2, transform: `rotate(${majorDeg} ${x} ${y})` };
  return (
    <>
      <ellipse {...shape} fill="none" stroke={casing} strokeWidth={4} />
      <ellipse {...shape} fill={line} fillOpacity={0.3} stroke={line} strokeWidth={1.2} />
      <text x={x - majPx / 2 - 6} y={y} textAnchor="end" dominantBaseline="central" {...text}>
        beam
      </text>
    </>
  );
}
