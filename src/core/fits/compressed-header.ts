import type { FitsCard } from './card.ts';
import { FitsHeader } from './header.ts';

/** Cards of the table that holds the tiles; the image that it stands for has none of them. */
const OF_THE_TABLE =
  /^(?:SIMPLE|XTENSION|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|CHECKSUM|DATASUM|T(?:TYPE|FORM|UNIT|NULL|SCAL|ZERO|DIM|DISP)\d+)$/;
const OF_THE_COMPRESSION =
  /^Z(?:IMAGE|SIMPLE|EXTEND|BLOCKED|TENSION|PCOUNT|GCOUNT|CMPTYPE|TILE\d+|NAME\d+|VAL\d+|MASKCMP|QUANTIZ|DITHER0|SCALE|ZERO|BLANK|HECKSUM|DATASUM)$/;

/**
 * The header of the image that a tile-compressed table stands for: ZBITPIX and ZNAXISn under their own names, the
 * coordinates, units and the like as they are.
 */
export function headerOfCompressedImage(table: FitsHeader): FitsHeader {
  const cards = table.cards
    .filter(({ keyword }) => !OF_THE_TABLE.test(keyword) && !OF_THE_COMPRESSION.test(keyword))
    .map((card): FitsCard => {
      const isShape = /^Z(?:BITPIX|NAXIS\d*)$/.test(card.keyword);
      return isShape ? { ...card, keyword: card.keyword.slice(1) } : card;
    });
  return new FitsHeader(cards);
}
