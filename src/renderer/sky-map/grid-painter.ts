import { galacticToIcrs, icrsToGalactic } from '../../core/sky/galactic.ts';
import type { AnnotationSheet } from './annotations.ts';
import { screenOf, skyAt, unitVector } from './view-projection.ts';

export type GridFrame = 'icrs' | 'galactic';

/** Steps between lines of latitude [arcsec]. */
const LATITUDE_STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 54_000];
/** Steps between lines of right ascension [arcsec of longitude]: 0.1 s of time to 3 h. */
const HOUR_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800].map(
  (s) => 15 * s,
);
/** Lines over the longer side of the view, about. */
const LINES = 6;
const POINTS_PER_LINE = 48;
/** Screen points, each way, from which the range of coordinates in view is found. */
const PROBES = 9;
const COLORS = { dark: '#8fa3b8', light: '#5b6b7b' } as const;
const LABEL_INK = { dark: '#cdd6df', light: '#2c363f' } as const;
const LABEL_CASING = { dark: 'rgba(0,0,0,0.7)', light: 'rgba(255,255,255,0.8)' } as const;

interface Range {
  readonly longitude: readonly [low: number, high: number];
  readonly latitude: readonly [low: number, high: number];
}

/** Draws lines of equal coordinates with their labels: longitude along the top, latitude along the right side. */
export function paintGrid(sheet: AnnotationSheet, frame: GridFrame): void {
  const { context, theme, width, height, projection } = sheet;
  const range = rangeInView(sheet, frame);
  const centreLatitude = (range.latitude[0] + range.latitude[1]) / 2;
  const pxPerDeg = (Math.hypot(projection.northX, projection.northY) * Math.PI) / 180;
  const wanted = ((Math.max(width, height) / pxPerDeg) * 3600) / LINES;
  const latitudeStep = stepAtLeast(LATITUDE_STEPS, wanted);
  const cosine = Math.max(0.02, Math.cos((centreLatitude * Math.PI) / 180));
  const longitudeStep = stepAtLeast(frame === 'icrs' ? HOUR_STEPS : LATITUDE_STEPS, wanted / cosine);

  context.lineWidth = 1;
  context.strokeStyle = COLORS[theme];
  context.globalAlpha = 0.45;
  const labels: { readonly text: string; readonly x: number; readonly y: number; readonly isTop: boolean }[] = [];
  for (const latitude of linesIn(range.latitude, latitudeStep)) {
    if (Math.abs(latitude) >= 90) continue;
    const end = strokeLine(sheet, (share) => [between(range.longitude, share), latitude], frame);
    if (end.right !== undefined)
      labels.push({ text: latitudeLabel(latitude, latitudeStep), ...end.right, isTop: false });
  }
  for (const longitude of linesIn(range.longitude, longitudeStep)) {
    const end = strokeLine(sheet, (share) => [longitude, between(range.latitude, share)], frame);
    if (end.top !== undefined)
      labels.push({ text: longitudeLabel(longitude, longitudeStep, frame), ...end.top, isTop: true });
  }
  context.globalAlpha = 1;
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  context.fillStyle = LABEL_INK[theme];
  context.strokeStyle = LABEL_CASING[theme];
  context.lineWidth = 3;
  for (const { text, x, y, isTop } of labels) {
    context.textAlign = isTop ? 'center' : 'right';
    context.textBaseline = isTop ? 'top' : 'bottom';
    const [atX, atY] = isTop ? [x, y + 4] : [x - 6, y - 3];
    context.strokeText(text, atX, atY);
    context.fillText(text, atX, atY);
  }
}

const between = ([low, high]: readonly [number, number], share: number): number => low + share * (high - low);

const stepAtLeast = (steps: readonly number[], arcsec: number): number =>
  (steps.find((step) => step >= arcsec) ?? steps.at(-1)!) / 3600;

function* linesIn([low, high]: readonly [number, number], step: number): Generator<number> {
  for (let k = Math.ceil(low / step); k * step <= high; k++) yield k * step;
}

function toFrame(position: { raDeg: number; decDeg: number }, frame: GridFrame): readonly [number, number] {
  if (frame === 'icrs') return [position.raDeg, position.decDeg];
  const { longitudeDeg, latitudeDeg } = icrsToGalactic(position.raDeg, position.decDeg);
  return [longitudeDeg, latitudeDeg];
}

/** Coordinates that the view meets; longitudes run on past 360° rather than jump. */
function rangeInView({ projection, width, height }: AnnotationSheet, frame: GridFrame): Range {
  const centre = toFrame(skyAt(projection, width / 2, height / 2), frame);
  let [west, east, south, north] = [0, 0, centre[1], centre[1]];
  for (let i = 0; i < PROBES; i++) {
    for (let j = 0; j < PROBES; j++) {
      const [longitude, latitude] = toFrame(
        skyAt(projection, (i * width) / (PROBES - 1), (j * height) / (PROBES - 1)),
        frame,
      );
      const offset = ((longitude - centre[0] + 540) % 360) - 180;
      [west, east] = [Math.min(west, offset), Math.max(east, offset)];
      [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
    }
  }
  // A pole in view has all longitudes around it, and no probe need have met it.
  for (const pole of [90, -90]) {
    const at = pointOf(projection, [centre[0], pole], frame);
    if (at === undefined || at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
    [west, east] = [-180, 180];
    if (pole > 0) north = 90;
    else south = -90;
  }
  const margin = (north - south) / PROBES;
  return {
    longitude: [centre[0] + Math.max(-180, west * 1.05), centre[0] + Math.min(180, east * 1.05)],
    latitude: [Math.max(-90, south - margin), Math.min(90, north + margin)],
  };
}

function pointOf(
  projection: AnnotationSheet['projection'],
  [longitude, latitude]: readonly [number, number],
  frame: GridFrame,
): { x: number; y: number } | undefined {
  const { raDeg, decDeg } =
    frame === 'icrs' ? { raDeg: longitude, decDeg: latitude } : galacticToIcrs(longitude, latitude);
  return screenOf(projection, unitVector(raDeg, decDeg));
}

/** Strokes one line and tells where it leaves the sheet at the top and at the right. */
function strokeLine(
  { context, projection, width, height }: AnnotationSheet,
  at: (share: number) => readonly [number, number],
  frame: GridFrame,
): { readonly top?: { x: number; y: number }; readonly right?: { x: number; y: number } } {
  let [top, right]: [{ x: number; y: number } | undefined, { x: number; y: number } | undefined] = [
    undefined,
    undefined,
  ];
  let before: { x: number; y: number } | undefined;
  context.beginPath();
  for (let k = 0; k <= POINTS_PER_LINE; k++) {
    const point = pointOf(projection, at(k / POINTS_PER_LINE), frame);
    if (point !== undefined && before !== undefined) {
      context.lineTo(point.x, point.y);
      const crossesTop = before.y < 0 !== point.y < 0;
      const crossesRight = before.x > width !== point.x > width;
      const shareTop = before.y / (before.y - point.y);
      const shareRight = (before.x - width) / (before.x - point.x);
      if (crossesTop) top = { x: before.x + (point.x - before.x) * shareTop, y: 0 };
      if (crossesRight) right = { x: width, y: before.y + (point.y - before.y) * shareRight };
    } else if (point !== undefined) context.moveTo(point.x, point.y);
    before = point;
  }
  context.stroke();
  return {
    ...(top !== undefined && top.x > 0 && top.x < width ? { top } : {}),
    ...(right !== undefined && right.y > 0 && right.y < height ? { right } : {}),
  };
}

/** With no more places than the step needs: `+54°`, `+54°30′`, `+54°30′10″`. */
export function latitudeLabel(latitudeDeg: number, stepDeg: number): string {
  const total = Math.round(Math.abs(latitudeDeg) * 3600);
  const [degree, minute, second] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const sign = latitudeDeg < 0 && total > 0 ? '−' : '+';
  const two = (value: number): string => String(value).padStart(2, '0');
  if (stepDeg >= 1) return `${sign}${degree}°`;
  if (stepDeg >= 1 / 60) return `${sign}${degree}°${two(minute)}′`;
  return `${sign}${degree}°${two(minute)}′${two(second)}″`;
}

/** Right ascension in hours, `12h05m`; galactic longitude in degrees. */
export function longitudeLabel(longitudeDeg: number, stepDeg: number, frame: GridFrame): string {
  const turned = ((longitudeDeg % 360) + 360) % 360;
  if (frame === 'galactic') return latitudeLabel(turned, stepDeg).slice(1);
  const decimals = stepDeg < 1 / 240 ? 1 : 0;
  const scale = 10 ** decimals;
  const total = Math.round((turned / 15) * 3600 * scale) % (86_400 * scale);
  const seconds = total / scale;
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  if (stepDeg >= 15) return `${hour}h`;
  if (stepDeg >= 15 / 60) return `${hour}h${two(minute)}m`;
  return `${hour}h${two(minute)}m${(seconds % 60).toFixed(decimals).padStart(decimals === 0 ? 2 : 4, '0')}s`;
}
