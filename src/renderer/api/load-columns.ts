import type {
  ComparedColumns,
  CutoutColumns,
  PredictionColumns,
  SourceColumns,
  WindowColumns,
} from '../../contract/column-sets.ts';
import type { GlimpseColumns, GlimpseRequest } from '../../contract/glimpse.ts';
import { unpackColumns } from '../../contract/packed-columns.ts';
import type { PackableArray, UnpackedColumns } from '../../contract/packed-columns.ts';
import type { SisgRowsRequest } from '../../contract/sisg.ts';
import { paths } from '../../contract/paths.ts';
import type { ChannelRecipe } from '../../core/cutout/cutout-recipe.ts';

type ArrayKind<T extends PackableArray> = new (length: number) => T;

/** Reads named parts of a packed block, naming the part that is missing or of another type. */
class Block {
  readonly #door: string;
  readonly #unpacked: UnpackedColumns;

  constructor(door: string, unpacked: UnpackedColumns) {
    this.#door = door;
    this.#unpacked = unpacked;
  }

  array<T extends PackableArray>(name: string, kind: ArrayKind<T>): T {
    const found = this.#unpacked.arrays.get(name);
    if (!(found instanceof kind)) throw new Error(`${this.#door} sent no ${kind.name} called ${name}.`);
    return found;
  }

  holds(name: string): boolean {
    return this.#unpacked.arrays.has(name);
  }

  number(name: string): number {
    const found = this.#unpacked.values[name];
    if (typeof found !== 'number') throw new Error(`${this.#door} sent no number called ${name}.`);
    return found;
  }

  numberOrNull(name: string): number | null {
    return this.#unpacked.values[name] == null ? null : this.number(name);
  }

  text(name: string): string {
    const found = this.#unpacked.values[name];
    if (typeof found !== 'string') throw new Error(`${this.#door} sent no text called ${name}.`);
    return found;
  }

  textOrNull(name: string): string | null {
    return this.#unpacked.values[name] == null ? null : this.text(name);
  }

  /** A value that is a set of named numbers. */
  numbers<Field extends string>(name: string, fields: readonly Field[]): Record<Field, number> {
    const found = this.#unpacked.values[name] as Partial<Record<Field, unknown>> | null | undefined;
    return Object.fromEntries(
      fields.map((field) => {
        const value = found?.[field];
        if (typeof value !== 'number') throw new Error(`${this.#door} sent no number called ${name}.${field}.`);
        return [field, value];
      }),
    ) as Record<Field, number>;
  }

  /** A list of sets of named numbers, each with the whole record it came from. */
  records<Field extends string>(
    name: string,
    fields: readonly Field[],
  ): { readonly numbers: Record<Field, number>; readonly record: Readonly<Record<string, unknown>> }[] {
    const found = this.#unpacked.values[name];
    if (!Array.isArray(found)) throw new Error(`${this.#door} sent no list called ${name}.`);
    return (found as Record<string, unknown>[]).map((record) => {
      const numbers = Object.fromEntries(fields.map((field) => [field, Number(record[field])])) as Record<
        Field,
        number
      >;
      return { numbers, record };
    });
  }

  texts(name: string): readonly string[] {
    const found = this.#unpacked.values[name];
    if (!Array.isArray(found)) throw new Error(`${this.#door} sent no list called ${name}.`);
    return found.map(String);
  }
}

async function fetchBlock(door: string, signal: AbortSignal | undefined): Promise<Block> {
  const response = await fetch(door, { credentials: 'same-origin', ...(signal === undefined ? {} : { signal }) });
  if (!response.ok) {
    const said = (await response.text()).trim();
    throw new Error(said !== '' && said.length < 400 ? said : `The engine answered ${response.status} for ${door}.`);
  }
  return new Block(door, unpackColumns(await response.arrayBuffer()));
}

export async function loadSources(signal?: AbortSignal): Promise<SourceColumns> {
  const block = await fetchBlock(paths.sources, signal);
  return {
    rowCount: block.number('rowCount'),
    name: block.texts('name'),
    sCode: block.texts('sCode'),
    raDeg: block.array('raDeg', Float64Array),
    decDeg: block.array('decDeg', Float64Array),
    majArcsec: block.array('majArcsec', Float32Array),
    minArcsec: block.array('minArcsec', Float32Array),
    paDeg: block.array('paDeg', Float32Array),
    totalFluxMjy: block.array('totalFluxMjy', Float64Array),
    peakFluxMjyPerBeam: block.array('peakFluxMjyPerBeam', Float64Array),
    nearestArcsec: block.array('nearestArcsec', Float32Array),
    within45: block.array('within45', Int32Array),
    duplicateRow: block.array('duplicateRow', Int32Array),
    sisg: block.array('sisg', Uint8Array),
    onMosaic: block.array('onMosaic', Uint8Array),
  };
}

export async function loadGlimpse(view: GlimpseRequest): Promise<GlimpseColumns> {
  const query = new URLSearchParams(Object.entries(view).map(([name, value]) => [name, String(value)]));
  const block = await fetchBlock(`${paths.glimpse}?${query.toString()}`, undefined);
  return { values: block.array('values', Float32Array), low: block.number('low'), high: block.number('high') };
}

export async function loadPredictions(signal?: AbortSignal): Promise<PredictionColumns> {
  const block = await fetchBlock(paths.predictions, signal);
  return {
    runId: block.number('runId'),
    probability: block.array('probability', Float64Array),
    status: block.array('status', Uint8Array),
    statusNames: block.texts('statusNames'),
    validFraction: block.array('validFraction', Float32Array),
  };
}

/** @param key of a `ComparableRun` */
export async function loadComparedResults(key: string, signal?: AbortSignal): Promise<ComparedColumns> {
  const block = await fetchBlock(`${paths.predictions}?run=${encodeURIComponent(key)}`, signal);
  return {
    probability: block.array('probability', Float64Array),
    dataset: block.holds('dataset') ? block.array('dataset', Uint8Array) : undefined,
  };
}

/** One column of the catalogue's file: numbers with NaN where a value is missing, or texts. */
export async function loadColumn(name: string, signal?: AbortSignal): Promise<Float64Array | readonly string[]> {
  const block = await fetchBlock(`${paths.column}${encodeURIComponent(name)}`, signal);
  return block.holds('numbers') ? block.array('numbers', Float64Array) : block.texts('texts');
}

/** Catalogue rows that a rule of the SISG gate, or the gate as a whole, picks; ascending. */
export async function loadSisgRows(request: SisgRowsRequest): Promise<Uint32Array> {
  const block = await fetchBlock(`${paths.sisgRows}?request=${encodeURIComponent(JSON.stringify(request))}`, undefined);
  return Uint32Array.from(block.array('rows', Int32Array));
}

const FRAME_FIELDS = ['x', 'y', 'xPerEast', 'xPerNorth', 'yPerEast', 'yPerNorth'] as const;

const windowColumns = (block: Block): WindowColumns => ({
  window: block.array('window', Float32Array),
  windowSidePix: block.number('windowSidePix'),
  pixelScaleArcsec: block.number('pixelScaleArcsec'),
  frame: block.numbers('frame', FRAME_FIELDS),
});

/** The mosaic around a source. @param sidePix even, 16 … 1024 */
export async function loadWindow(row: number, sidePix: number, signal?: AbortSignal): Promise<WindowColumns> {
  return windowColumns(await fetchBlock(`${paths.window}${row}?side=${sidePix}`, signal));
}

const STRETCHES: readonly ChannelRecipe['stretch'][] = ['log', 'linear', 'cut'];

function cutsOf(block: Block): readonly ChannelRecipe[] {
  return block.records('cuts', ['lowSigma', 'highSigma']).map(({ numbers, record }) => ({
    ...numbers,
    stretch: STRETCHES.find((name) => name === record['stretch']) ?? 'linear',
  }));
}

export async function loadCutout(row: number, signal?: AbortSignal): Promise<CutoutColumns> {
  const block = await fetchBlock(`${paths.cutout}${row}`, signal);
  return {
    row: block.number('row'),
    channels: block.array('channels', Float32Array),
    cuts: cutsOf(block),
    ...windowColumns(block),
    channelCount: block.number('channelCount'),
    sidePix: block.number('sidePix'),
    validFraction: block.number('validFraction'),
    centreMjyPerBeam: block.numberOrNull('centreMjyPerBeam'),
    sigmaMjyPerBeam: block.numberOrNull('sigmaMjyPerBeam'),
    blank: block.textOrNull('blank'),
    sha256: block.text('sha256'),
  };
}
