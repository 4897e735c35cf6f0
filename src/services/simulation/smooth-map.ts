/** A quantity that varies slowly over the image: values on a coarse grid, read bilinearly between its nodes. */
export interface SmoothMap {
  /** Value at a pixel; constant beyond the outermost nodes. */
  at(x: number, y: number): number;
  /** The values of one image row, written into `out`. */
  rowInto(y: number, out: Float64Array): void;
}

/**
 * @param nodes values row by row, `nodesPerSide` squared of them; node (i, j) sits at pixel (i·stepPix, j·stepPix)
 */
export function smoothMap(nodes: Float64Array, nodesPerSide: number, stepPix: number): SmoothMap {
  const last = nodesPerSide - 1;
  const blended = new Float64Array(nodesPerSide);

  function at(x: number, y: number): number {
    const u = Math.min(Math.max(x / stepPix, 0), last);
    const v = Math.min(Math.max(y / stepPix, 0), last);
    const i = Math.min(Math.floor(u), last - 1);
    const j = Math.min(Math.floor(v), last - 1);
    const [fx, fy] = [u - i, v - j];
    const base = j * nodesPerSide + i;
    const lower = nodes[base]! * (1 - fx) + nodes[base + 1]! * fx;
    const upper = nodes[base + nodesPerSide]! * (1 - fx) + nodes[base + nodesPerSide + 1]! * fx;
    return lower * (1 - fy) + upper * fy;
  }

  function rowInto(y: number, out: Float64Array): void {
    const v = Math.min(Math.max(y / stepPix, 0), last);
    const j = Math.min(Math.floor(v), last - 1);
    const fy = v - j;
    for (let i = 0; i < nodesPerSide; i++) {
      blended[i] = nodes[j * nodesPerSide + i]! * (1 - fy) + nodes[(j + 1) * nodesPerSide + i]! * fy;
    }
    for (let x = 0; x < out.length; x++) {
      const u = Math.min(x / stepPix, last);
      const i = Math.min(Math.floor(u), last - 1);
      out[x] = blended[i]! + (blended[i + 1]! - blended[i]!) * (u - i);
    }
  }
  return { at, rowInto };
}
