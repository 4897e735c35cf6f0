import type { Padding } from './network-description.ts';

/** How a kernel walks over a map, along one axis. */
export interface Walk {
  readonly kernelSide: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly inputSide: number;
  readonly outputSide: number;
}

/** Pixels of a map along one axis, both ends included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A piece of an image along one axis, from which layers compute what a change of some pixels does to their map. */
export interface Piece {
  /** First pixel of the image that it holds: its map begins at pixel `start / stride` of the whole map. */
  readonly start: number;
  /** Pixels of the whole map that the change reaches, all of which the piece gives as the whole image does. */
  readonly reached: Span;
}

export interface Pieces {
  /** Pixels of each piece, the same for all. */
  readonly side: number;
  /** Pixels of the image to a pixel of the map. */
  readonly stride: number;
  /** One per change. */
  readonly pieces: readonly Piece[];
}

/**
 * The smallest pieces of an image that tell what changes of its pixels do to a map some layers further on. Where the
 * layers do nothing but walk over their input, everything outside `reached` stays as it is, so that a patch of 16 pixels
 * is followed through a tenth of the image. A piece as large as the image always does.
 * @param walks of the layers from the image to the map, the image's first; not empty
 * @param changes pixels of the image that change together
 */
export function piecesFor(walks: readonly Walk[], changes: readonly Span[]): Pieces {
  const imageSide = walks[0]!.inputSide;
  const stride = walks.reduce((product, walk) => product * walk.stride, 1);
  const reached = changes.map((change) => reachedBy(walks, change));
  const pieceOf = (wanted: Span, side: number): Piece | undefined => {
    for (let start = 0; start <= imageSide - side; start += stride) {
      const told = toldBy(walks, { first: start, last: start + side - 1 });
      if (told.first <= wanted.first && told.last >= wanted.last) return { start, reached: wanted };
    }
    return undefined;
  };
  // The last piece ends where the image does, since the far edge is seen by no other.
  for (let side = imageSide % stride || stride; side < imageSide; side += stride) {
    const pieces = reached.flatMap((wanted) => pieceOf(wanted, side) ?? []);
    if (pieces.length === changes.length) return { side, stride, pieces };
  }
  return { side: imageSide, stride, pieces: reached.map((wanted) => ({ start: 0, reached: wanted })) };
}

/** The pixels of the last map that see any of the given ones of the first. */
function reachedBy(walks: readonly Walk[], change: Span): Span {
  return walks.reduce(
    ({ first, last }, { kernelSide, stride, padding: { near }, outputSide }) => ({
      first: Math.max(0, Math.ceil((first + near - kernelSide + 1) / stride)),
      last: Math.min(outputSide - 1, Math.floor((last + near) / stride)),
    }),
    change,
  );
}

/** The pixels of the last map that see nothing but the given ones, or the padding of the whole image. */
function toldBy(walks: readonly Walk[], known: Span): Span {
  return walks.reduce(
    ({ first, last }, { kernelSide, stride, padding: { near }, inputSide, outputSide }) => ({
      first: first === 0 ? 0 : Math.ceil((first + near) / stride),
      last: last === inputSide - 1 ? outputSide - 1 : Math.floor((last + near - kernelSide + 1) / stride),
    }),
    known,
  );
}
