import { DomainFailure } from '../result/failure.ts';
import { galacticToIcrs } from '../sky/galactic.ts';
import type { OnRows } from '../table/row-spans.ts';
import { rowSpans } from '../table/row-spans.ts';
import type { EllipseSize, SkyRegion } from './sky-region.ts';
import { ELLIPSE_SENTENCE, foldedPa } from './sky-region.ts';

/**
 * DS9 counts an ellipse's angle from the +x axis, counter-clockwise, and x runs west on a sky with north up and east
 * left: a position angle needs 90° more.
 */
const PA_TO_DS9_DEG = 90;

/** Degrees with 1e-9 deg (4 µas): finer than any catalogue, and DS9 reads as many digits as there are. */
const degreesText = (value: number): string => String(Number(value.toFixed(9)));
const arcsecText = (value: number): string => `${Number(value.toFixed(4))}"`;

export interface RegionFileOptions {
  readonly size: EllipseSize;
  /** `Lobate 0.1.0`. */
  readonly software: string;
  /** More lines for the header. */
  readonly notes?: readonly string[] | undefined;
}

/** Lines of a file, each with its end. */
export const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Regions as a DS9 region file (version 4.1, ICRS), in pieces. */
export function* ds9RegionPieces(
  regions: readonly SkyRegion[],
  { size, software, notes = [] }: RegionFileOptions,
  onRows?: OnRows,
): Generator<string> {
  yield linesOf([
    '# Region file format: DS9 version 4.1',
    `# Written by ${software}. ${ELLIPSE_SENTENCE[size]} Angle is PA + 90 deg.`,
    ...notes.map((note) => `# ${note.replace(/[\r\n]+/g, ' ')}`),
    'global color=green dashlist=8 3 width=1 font="helvetica 10 normal roman" select=1 highlite=1 dash=0 fixed=0 edit=1 move=1 delete=1 include=1 source=1',
    'icrs',
  ]);
  for (const { start, end } of rowSpans(regions.length, onRows)) yield linesOf(regions.slice(start, end).map(ds9Line));
}

function ds9Line({ raDeg, decDeg, ellipse, text, tags }: SkyRegion): string {
  const position = `${degreesText(raDeg)},${degreesText(decDeg)}`;
  const shape =
    ellipse === undefined
      ? `point(${position})`
      : `ellipse(${position},${arcsecText(ellipse.radiusAlongArcsec)},${arcsecText(ellipse.radiusAcrossArcsec)},` +
        `${Number((foldedPa(ellipse.paDeg) + PA_TO_DS9_DEG).toFixed(6))})`;
  const properties = [
    ...(ellipse === undefined ? ['point=x'] : []),
    ...(text === '' ? [] : [`text=${enclosed(text)}`]),
    ...tags.map((tag) => `tag=${enclosed(tag)}`),
  ];
  return properties.length === 0 ? shape : `${shape} # ${properties.join(' ')}`;
}

/** In braces, or in quotes where the text has a brace itself. DS9 knows no escapes: what cannot be said is left out. */
function enclosed(text: string): string {
  const plain = text.replace(/[\r\n]+/g, ' ');
  if (!/[{}]/.test(plain)) return `{${plain}}`;
  if (!plain.includes('"')) return `"${plain}"`;
  return `{${plain.replace(/[{}]/g, '')}}`;
}

/** A region file as it was read: what is understood, and how many shapes are of another kind. */
export interface ReadRegions {
  readonly regions: readonly SkyRegion[];
  readonly skipped: number;
}

const SHAPE = /^[+-]?\s*(\w+)\s*[( ]\s*([^)#]*?)\s*\)?\s*(?:\|\|)?\s*(?:#\s*(.*))?$/;
const SKY_FRAMES = /^(?:icrs|fk5|j2000|galactic)$/i;
const OTHER_FRAMES = /^(?:fk4|b1950|ecliptic|image|physical|amplifier|detector|linear|wcs\w?)$/i;

/**
 * Reads the ellipses, circles and points of a DS9 region file in ICRS, FK5 or galactic coordinates. Other shapes are
 * counted and left out; excluded regions (`-ellipse`) too.
 * @param path for messages
 * @throws DomainFailure file-kind-unknown (no region at all), file-unreadable (pixel coordinates, broken numbers)
 */
export function parseDs9Regions(text: string, path: string): ReadRegions {
  const regions: SkyRegion[] = [];
  let skipped = 0;
  // Without a line that says so a file is in pixels ("physical").
  let frame = 'physical';
  for (const statement of statementsOf(text)) {
    if (SKY_FRAMES.test(statement) || OTHER_FRAMES.test(statement)) {
      frame = statement.toLowerCase();
      continue;
    }
    if (/^global\b/i.test(statement)) continue;
    const [, shape, numbers, properties = ''] = SHAPE.exec(statement) ?? [];
    if (
      shape === undefined ||
      !/^(?:ellipse|circle|point|box|polygon|annulus|line|vector|text|panda|ruler)$/i.test(shape)
    ) {
      throw unreadable(path, `it has the line "${statement.slice(0, 60)}", which is no region`);
    }
    if (!SKY_FRAMES.test(frame)) {
      throw unreadable(path, `its regions are in ${frame} coordinates; save it from DS9 in ICRS, in degrees`);
    }
    const region = statement.startsWith('-')
      ? undefined
      : regionOf(shape.toLowerCase(), numbers!, properties, frame, path);
    if (region === undefined) skipped++;
    else regions.push(region);
  }
  if (regions.length + skipped === 0) {
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a DS9 region file' });
  }
  return { regions, skipped };
}

const unreadable = (path: string, why: string): DomainFailure =>
  new DomainFailure({ kind: 'file-unreadable', path, why });

/** Lines, and the parts between semicolons of lines that have no text in braces. */
function statementsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => {
      const comment = line.indexOf('#');
      const head = comment < 0 ? line : line.slice(0, comment);
      const parts = head.split(';').map((part) => part.trim());
      const last = parts.pop()!;
      return [...parts, comment < 0 ? last : `${last} ${line.slice(comment)}`];
    })
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

function regionOf(
  shape: string,
  numbers: string,
  properties: string,
  frame: string,
  path: string,
): SkyRegion | undefined {
  const parts = numbers.split(/[\s,]+/);
  const count = { ellipse: 5, circle: 3, point: 2 }[shape];
  // More numbers than an ellipse has make an elliptical annulus.
  if (count === undefined || parts.length > count) return undefined;
  const given = degreesOf(parts[0] ?? '', frame !== 'galactic');
  const givenLat = degreesOf(parts[1] ?? '', false);
  const sizes = parts.slice(2, shape === 'ellipse' ? 4 : 3).map(arcsecOf);
  const angle = shape === 'ellipse' ? Number(parts[4] ?? Number.NaN) : PA_TO_DS9_DEG;
  if (parts.length < count || [given, givenLat, angle, ...sizes].some((value) => !Number.isFinite(value))) {
    throw unreadable(path, `it has the broken region "${shape}(${numbers.slice(0, 60)})"`);
  }
  const position = frame === 'galactic' ? galacticToIcrs(given, givenLat) : { raDeg: given, decDeg: givenLat };
  return {
    ...position,
    ellipse:
      shape === 'point'
        ? undefined
        : {
            radiusAlongArcsec: sizes[0]!,
            radiusAcrossArcsec: sizes[1] ?? sizes[0]!,
            paDeg: foldedPa(angle - PA_TO_DS9_DEG),
          },
    text: propertiesOf(properties, 'text')[0] ?? '',
    tags: propertiesOf(properties, 'tag'),
  };
}

/** Degrees, or sexagesimal with colons (or `12h34m56s`, `12d34m56s`), where right ascension counts in hours. */
function degreesOf(text: string, isRightAscension: boolean): number {
  const parts = /^([+-]?)(\d+)[:hd](\d+)[:m](\d+(?:\.\d*)?)s?$/.exec(text);
  if (parts === null) return text === '' ? Number.NaN : Number(text.replace(/d$/, ''));
  const value = Number(parts[2]) + Number(parts[3]) / 60 + Number(parts[4]) / 3600;
  return (parts[1] === '-' ? -1 : 1) * value * (isRightAscension ? 15 : 1);
}

const ARCSEC_PER: Readonly<Record<string, number>> = { '"': 1, "'": 60, d: 3600, '': 3600 };

function arcsecOf(text: string): number {
  const [, number, unit] = /^([+\d.eE-]+)(["'d]?)$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * ARCSEC_PER[unit!]!;
}

function propertiesOf(text: string, name: string): readonly string[] {
  const found = text.matchAll(new RegExp(`\\b${name}=(?:\\{([^}]*)\\}|"([^"]*)"|'([^']*)')`, 'g'));
  return [...found].map(([, braced, quoted, single]) => braced ?? quoted ?? single ?? '');
}
