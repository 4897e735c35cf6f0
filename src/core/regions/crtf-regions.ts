import { DomainFailure } from '../result/failure.ts';
import type { OnRows } from '../table/row-spans.ts';
import { rowSpans } from '../table/row-spans.ts';
import type { ReadRegions, RegionFileOptions } from './ds9-regions.ts';
import { linesOf } from './ds9-regions.ts';
import type { SkyRegion } from './sky-region.ts';
import { ELLIPSE_SENTENCE, foldedPa } from './sky-region.ts';

const degreesText = (value: number): string => `${Number(value.toFixed(9))}deg`;
const arcsecText = (value: number): string => `${Number(value.toFixed(4))}arcsec`;

/** Regions as a CASA region text file (version 0, ICRS), as CARTA reads it, in pieces. Here the angle counts from north. */
export function* crtfRegionPieces(
  regions: readonly SkyRegion[],
  { size, software, notes = [] }: RegionFileOptions,
  onRows?: OnRows,
): Generator<string> {
  yield linesOf([
    '#CRTFv0',
    `# Written by ${software}. ${ELLIPSE_SENTENCE[size]} Angle is PA, north through east.`,
    ...notes.map((note) => `# ${note.replace(/[\r\n]+/g, ' ')}`),
    'global coord=ICRS, color=green, linewidth=1',
  ]);
  for (const { start, end } of rowSpans(regions.length, onRows)) yield linesOf(regions.slice(start, end).map(crtfLine));
}

function crtfLine({ raDeg, decDeg, ellipse, text, tags }: SkyRegion): string {
  const position = `[${degreesText(raDeg)}, ${degreesText(decDeg)}]`;
  const shape =
    ellipse === undefined
      ? `symbol [${position}, x]`
      : `ellipse [${position}, [${arcsecText(ellipse.radiusAlongArcsec)}, ${arcsecText(ellipse.radiusAcrossArcsec)}], ` +
        `${Number(foldedPa(ellipse.paDeg).toFixed(6))}deg]`;
  // CRTF has no tags: they end the label.
  const label = [text, ...tags]
    .filter((part) => part !== '')
    .join(' ')
    .replace(/["\r\n]+/g, ' ');
  return label === '' ? shape : `${shape} label="${label}"`;
}

const ELLIPSE = /^\+?ellipse\s*\[\s*\[([^,\]]+),([^\]]+)\]\s*,\s*\[([^,\]]+),([^\]]+)\]\s*,\s*([^\]]+)\]\s*(.*)$/i;
const CIRCLE = /^\+?circle\s*\[\s*\[([^,\]]+),([^\]]+)\]\s*,\s*([^\]]+)\]\s*(.*)$/i;
const SYMBOL = /^\+?symbol\s*\[\s*\[([^,\]]+),([^\]]+)\]\s*,\s*[^\]]+\]\s*(.*)$/i;
const OTHER_SHAPE = /^[+-]?(?:box|centerbox|rotbox|poly|annulus|line|vector|text|ellipse|circle|symbol)\s*\[/i;

/**
 * Reads the ellipses, circles and symbols of a CRTF file in ICRS or J2000. Others are counted and left out.
 * @throws DomainFailure file-kind-unknown (no `#CRTF` line), file-unreadable (another frame, broken numbers)
 */
export function parseCrtfRegions(text: string, path: string): ReadRegions {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (!/^#CRTF/i.test(lines[0] ?? '')) {
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a CASA region file (#CRTFv0)' });
  }
  const regions: SkyRegion[] = [];
  let skipped = 0;
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    const frame = /\bcoord\s*=\s*(\w+)/i.exec(line)?.[1];
    if (frame !== undefined && !/^(?:ICRS|J2000)$/i.test(frame)) {
      throw unreadable(path, `its regions are in ${frame}; save it in ICRS`);
    }
    if (/^global\b/i.test(line)) continue;
    const region = regionOf(line, path);
    if (region !== undefined) regions.push(region);
    else if (OTHER_SHAPE.test(line)) skipped++;
    else throw unreadable(path, `it has the line "${line.slice(0, 60)}", which is no region`);
  }
  return { regions, skipped };
}

const unreadable = (path: string, why: string): DomainFailure =>
  new DomainFailure({ kind: 'file-unreadable', path, why });

function regionOf(line: string, path: string): SkyRegion | undefined {
  const ellipse = ELLIPSE.exec(line);
  const circle = CIRCLE.exec(line);
  const symbol = SYMBOL.exec(line);
  const parts = ellipse ?? circle ?? symbol;
  if (parts === null) return undefined;
  const along = ellipse?.[3] ?? circle?.[3];
  const numbers = {
    raDeg: degreesOf(parts[1]!),
    decDeg: degreesOf(parts[2]!),
    radiusAlongArcsec: along === undefined ? 0 : 3600 * degreesOf(along),
    radiusAcrossArcsec: along === undefined ? 0 : 3600 * degreesOf(ellipse?.[4] ?? along),
    paDeg: ellipse === null ? 0 : degreesOf(ellipse[5]!),
  };
  if (Object.values(numbers).some((value) => !Number.isFinite(value))) {
    throw unreadable(path, `it has the broken region "${line.slice(0, 60)}"`);
  }
  const { raDeg, decDeg, paDeg, ...radii } = numbers;
  return {
    raDeg,
    decDeg,
    ellipse: along === undefined ? undefined : { ...radii, paDeg: foldedPa(paDeg) },
    text: /\blabel\s*=\s*["']([^"']*)["']/.exec(parts.at(-1)!)?.[1] ?? '',
    tags: [],
  };
}

const DEGREES_PER: Readonly<Record<string, number>> = {
  deg: 1,
  arcmin: 1 / 60,
  arcsec: 1 / 3600,
  rad: 180 / Math.PI,
};

/** A quantity with its unit; right ascension also as `12h34m56s` or `12:34:56`, declination as `+12d34m56s` or `+12.34.56`. */
function degreesOf(text: string): number {
  const trimmed = text.trim();
  const [, number, unit] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)\s*(deg|arcmin|arcsec|rad)$/i.exec(trimmed) ?? [];
  if (number !== undefined) return Number(number) * DEGREES_PER[unit!.toLowerCase()]!;
  const hours = /^(\d+)[h:](\d+)[m:](\d+(?:\.\d*)?)s?$/i.exec(trimmed);
  if (hours !== null) return 15 * (Number(hours[1]) + Number(hours[2]) / 60 + Number(hours[3]) / 3600);
  const degrees = /^([+-]?)(\d+)[d.](\d+)[m.](\d+(?:\.\d*)?)s?$/i.exec(trimmed);
  if (degrees === null) return Number.NaN;
  const value = Number(degrees[2]) + Number(degrees[3]) / 60 + Number(degrees[4]) / 3600;
  return degrees[1] === '-' ? -value : value;
}
