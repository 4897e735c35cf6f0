import type { ByteSource } from './byte-source.ts';
import type { Hdu, HduKind } from './hdu.ts';
import { readHdus } from './hdu.ts';
import { isPlane, planeCountOf } from './image.ts';
import { columnLayouts } from './column-layout.ts';

/** What one HDU holds, as plain data. */
export interface HduDescription {
  readonly index: number;
  readonly kind: HduKind;
  readonly name: string | undefined;
  /** BITPIX; of a table, 8. */
  readonly bitpix: number;
  /** Lengths of the axes, NAXIS1 first; of a table, bytes per row and rows. */
  readonly axes: readonly number[];
  /** Planes of an image: the product of its axes from the third on. Undefined for everything else. */
  readonly planeCount: number | undefined;
  readonly unit: string | undefined;
  /** Rows of a table; undefined for everything else. */
  readonly rowCount: number | undefined;
  /** Columns of a table; empty for everything else. */
  readonly columns: readonly { readonly name: string; readonly form: string; readonly unit: string | undefined }[];
  readonly dataBytes: number;
  readonly cardCount: number;
  /** Why Lobate does not read it; undefined where it does. */
  readonly notReadBecause: string | undefined;
}

/** What a FITS file holds, from its headers alone. @throws DomainFailure what `readHdus` throws */
export async function describeHdus(source: ByteSource): Promise<HduDescription[]> {
  return (await readHdus(source)).map((hdu) => describeHdu(source, hdu));
}

function describeHdu(source: ByteSource, hdu: Hdu): HduDescription {
  const { header } = hdu;
  const isTable = hdu.kind === 'binary-table' || hdu.kind === 'ascii-table';
  return {
    index: hdu.index,
    kind: hdu.kind,
    name: hdu.name,
    bitpix: header.number('BITPIX') ?? 0,
    axes: hdu.axes,
    planeCount: isPlane(hdu) ? planeCountOf(hdu.axes) : undefined,
    unit: header.word('BUNIT'),
    rowCount: isTable ? (hdu.axes[1] ?? 0) : undefined,
    columns: columnsOf(source, hdu),
    dataBytes: hdu.dataBytes,
    cardCount: header.cards.length,
    notReadBecause: reasonNotRead(hdu),
  };
}

function columnsOf(source: ByteSource, hdu: Hdu): HduDescription['columns'] {
  switch (hdu.kind) {
    case 'binary-table':
      return columnLayouts(source, hdu).map(({ name, unit }, index) => ({
        name,
        form: hdu.header.word(`TFORM${index + 1}`) ?? '',
        unit,
      }));
    case 'ascii-table':
      return Array.from({ length: Math.min(999, hdu.header.number('TFIELDS') ?? 0) }, (_, index) => ({
        name: hdu.header.word(`TTYPE${index + 1}`) ?? `col${index + 1}`,
        form: hdu.header.word(`TFORM${index + 1}`) ?? '',
        unit: hdu.header.word(`TUNIT${index + 1}`),
      }));
    default:
      return [];
  }
}

function reasonNotRead({ kind, axes }: Hdu): string | undefined {
  switch (kind) {
    case 'random-groups':
      return 'random groups are not read';
    case 'other':
      return 'this kind of extension is not read';
    case 'image':
    case 'compressed-image':
      return axes.length < 2 ? 'an image needs two axes' : undefined;
    default:
      return undefined;
  }
}
