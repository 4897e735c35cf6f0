/** A straight piece of a contour line, in pixel coordinates (pixel centres at whole numbers). */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * The line of equal `level` through a square image, by marching squares: pieces in no particular order. Cells with a
 * NaN corner are left out. Saddles are resolved by the mean of their corners.
 */
export function contourSegments(image: Float32Array, side: number, level: number): Segment[] {
  const segments: Segment[] = [];
  for (let y = 0; y < side - 1; y += 1) {
    for (let x = 0; x < side - 1; x += 1) {
      const a = image[y * side + x]! - level;
      const b = image[y * side + x + 1]! - level;
      const c = image[(y + 1) * side + x + 1]! - level;
      const d = image[(y + 1) * side + x]! - level;
      const mean = a + b + c + d;
      if (Number.isNaN(mean)) continue;
      const code = Number(a >= 0) | (Number(b >= 0) << 1) | (Number(c >= 0) << 2) | (Number(d >= 0) << 3);
      if (code === 0 || code === 15) continue;
      const bottom: [number, number] = [x + a / (a - b), y];
      const right: [number, number] = [x + 1, y + b / (b - c)];
      const top: [number, number] = [x + d / (d - c), y + 1];
      const left: [number, number] = [x, y + a / (a - d)];
      const join = (from: [number, number], to: [number, number]): void => void segments.push([...from, ...to]);
      switch (code) {
        case 1:
        case 14:
          join(left, bottom);
          break;
        case 2:
        case 13:
          join(bottom, right);
          break;
        case 4:
        case 11:
          join(right, top);
          break;
        case 8:
        case 7:
          join(top, left);
          break;
        case 3:
        case 12:
          join(left, right);
          break;
        case 6:
        case 9:
          join(bottom, top);
          break;
        default:
          if ((code === 5) === mean >= 0) {
            join(left, top);
            join(bottom, right);
          } else {
            join(left, bottom);
            join(right, top);
          }
      }
    }
  }
  return segments;
}
