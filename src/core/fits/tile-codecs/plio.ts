/**
 * PLIO_1: IRAF's line lists for masks (FITS standard 4.0 §10.4.3). Runs of zeros and of one "high value" that is set or
 * changed between them; values are 0 … 2²⁴ − 1.
 */
import type { TileCodec } from './codec.ts';
import { BrokenTile, endsTooEarly } from './codec.ts';

/** Words before the instructions in lists of the old kind, whose length is in the third word. */
const OLD_HEADER_WORDS = 3;
/** A word is an instruction of 4 bits and a number of 12. */
const NUMBER_BITS = 12;
const LONGEST_RUN = 4095;

export const decodePlio: TileCodec = (bytes, { pixelCount }) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wordCount = bytes.length >> 1;
  const word = (index: number): number => view.getInt16(2 * index);
  if (wordCount < OLD_HEADER_WORDS) throw endsTooEarly();
  const isOld = word(2) > 0;
  if (!isOld && wordCount < 5) throw endsTooEarly();
  const listWords = isOld ? word(2) : word(4) * 32_768 + word(3);
  const first = isOld ? OLD_HEADER_WORDS : word(1);
  if (listWords > wordCount) throw endsTooEarly();
  if (first < OLD_HEADER_WORDS) throw new BrokenTile(`its list begins at word ${first}`);
  // What a list does not mention is 0, but a list of this length cannot have been made for so many pixels.
  if (pixelCount > wordCount * LONGEST_RUN) throw endsTooEarly();

  const pixels = new Int32Array(pixelCount);
  let at = 0;
  let high = 1;
  for (let i = first; i < listWords && at < pixelCount; i++) {
    const code = word(i) >> NUMBER_BITS;
    const number = word(i) & LONGEST_RUN;
    switch (code) {
      case 0: // a run of zeros
        at += number;
        break;
      case 1: // set the high value; its upper bits are the next word
        if (++i >= listWords) throw endsTooEarly();
        high = word(i) * 4096 + number;
        break;
      case 2:
        high += number;
        break;
      case 3:
        high -= number;
        break;
      case 4: // a run of the high value
        pixels.fill(high, at, at + number);
        at += number;
        break;
      case 5: // zeros, and the high value at their end
        at += number;
        if (number > 0 && at <= pixelCount) pixels[at - 1] = high;
        break;
      case 6: // change the high value and write it once
        high += number;
        pixels[at++] = high;
        break;
      case 7:
        high -= number;
        pixels[at++] = high;
        break;
      default:
        throw new BrokenTile(`its list has the instruction ${code}`);
    }
  }
  return pixels;
};
