import type { PlaceRange, SkyCells } from './sky-cells.ts';
import { buildSkyCells } from './sky-cells.ts';
import type { DensityLayer } from './density-layer.ts';
import { openDensityLayer } from './density-layer.ts';
import { sourceGeometry } from './source-geometry.ts';
import type { SourceBuffers, SourceProgram } from './source-program.ts';
import { openProgram, pointAttributesAt } from './source-program.ts';
import type { ShownClasses, SkyTheme, SourceLayerData } from './sky-map-types.ts';
import {
  ELLIPSE_FRAGMENT,
  ELLIPSE_VERTEX,
  POINT_FRAGMENT,
  POINT_VERTEX,
  SOURCE_CLASS,
  SOURCE_EMPHASIS,
} from './source-shaders.ts';
import type { Vector, ViewProjection } from './view-projection.ts';
import { dot, pixelsPerRadian, positionOf } from './view-projection.ts';
import { SOURCE_COLORS } from './source-colours.ts';

const ARCSEC = Math.PI / 180 / 3600;
const RADIANS = Math.PI / 180;

/** Closer than this [CSS pixel per arcsec] fitted ellipses are drawn, farther out marks: 6″ are 2.7 pixels there. */
export const ELLIPSES_FROM_PX_PER_ARCSEC = 0.45;

/** Sources in view from which marks begin to shrink, so that a crowded field does not become one blot. */
const CROWDED_COUNT = 4000;

/** Sources in view from which, far out, their density is drawn: marks would lie on each other everywhere. */
const DENSE_COUNT = 60_000;

/** Up to this many sources are drawn in one call, in view or not. */
const DRAW_ALL_COUNT = 20_000;
/** Half diagonal of the widest view that is drawn by ranges [deg]; beyond it most sources are in view anyway. */
const WIDEST_RANGED_DEG = 6;

/** Status byte of a row without a result. */
const NO_STATUS = 255;

/**
 * All sources in one WebGL2 canvas over the image. A frame is one draw call and no work per source; threshold and theme
 * are uniforms. Positions are kept as offsets from the field's middle: single precision then places them to 0.001″.
 */
export class SourceLayer {
  readonly canvas: HTMLCanvasElement;
  /** Class, visibility, emphasis and whether it is chosen, per place; like all that the shaders read, in the order of the cells. */
  #state = new Uint8Array(0);
  #cells: SkyCells = buildSkyCells(new Float64Array(0), new Float64Array(0));
  #largestArcsec = 0;
  #rowCount = 0;
  #sources: SourceLayerData | undefined;
  #probability = new Float32Array(0);
  #reference: Vector = [1, 0, 0];
  #extentSteradian = 1;
  #threshold = 0.5;
  #theme: SkyTheme = 'dark';
  #selected: number | undefined;
  #neighbours: readonly number[] = [];
  #shown: ShownClasses = { noResult: true, unflagged: true, sisg: true, excluded: true };
  #gl: WebGL2RenderingContext | undefined;
  #points: SourceProgram | undefined;
  #ellipses: SourceProgram | undefined;
  #density: DensityLayer | undefined;
  #buffers: SourceBuffers | undefined;

  constructor() {
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'sky-sources';
    Object.assign(this.canvas.style, {
      position: 'absolute',
      inset: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
    });
    this.canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.#gl = undefined;
      this.#start();
      this.#uploadAll();
    });
    this.#start();
  }

  /** Where on the sky each row is; shared with picking. */
  get cells(): SkyCells {
    return this.#cells;
  }

  setSources(sources: SourceLayerData | undefined): void {
    this.#sources = sources;
    this.#rowCount = sources?.rowCount ?? 0;
    this.#probability = new Float32Array(this.#rowCount).fill(-1);
    this.#state = new Uint8Array(4 * this.#rowCount);
    this.#selected = undefined;
    this.#neighbours = [];
    this.#cells = buildSkyCells(sources?.raDeg ?? new Float64Array(0), sources?.decDeg ?? new Float64Array(0));
    this.#largestArcsec = 0;
    for (let place = 0; place < this.#rowCount; place++) {
      const row = this.#cells.rows[place]!;
      this.#state[4 * place] = sources!.sisg[row] === 1 ? SOURCE_CLASS.sisg : SOURCE_CLASS.noResult;
      this.#state[4 * place + 1] = 1;
      if (sources!.majArcsec[row]! > this.#largestArcsec) this.#largestArcsec = sources!.majArcsec[row]!;
    }
    this.#uploadAll();
  }

  /** `rows` limits the work to those that changed. */
  setPredictions(probability: Float64Array, status: Uint8Array, rows?: readonly number[]): void {
    const take = (row: number): void => {
      if (row >= this.#rowCount) return;
      const value = probability[row] ?? NaN;
      const place = this.#cells.placeOf[row]!;
      this.#probability[place] = Number.isNaN(value) ? -1 : value;
      this.#state[4 * place] =
        this.#sources?.sisg[row] === 1
          ? SOURCE_CLASS.sisg
          : !Number.isNaN(value)
            ? SOURCE_CLASS.classified
            : (status[row] ?? NO_STATUS) === NO_STATUS
              ? SOURCE_CLASS.noResult
              : SOURCE_CLASS.excluded;
    };
    if (rows === undefined) for (let row = 0; row < this.#rowCount; row++) take(row);
    else rows.forEach(take);
    this.#uploadRange('probability', rows);
    this.#uploadRange('state', rows);
  }

  setThreshold(threshold: number): void {
    this.#threshold = threshold;
  }

  setTheme(theme: SkyTheme): void {
    this.#theme = theme;
  }

  setSelected(row: number | undefined): void {
    const changed = [this.#selected, row].filter((each) => each !== undefined);
    this.#selected = row;
    this.#updateEmphasis(changed);
    this.#uploadRange('state', [...changed, ...this.#neighbours]);
  }

  setNeighbours(rows: readonly number[]): void {
    const changed = [...this.#neighbours, ...rows];
    this.#neighbours = [...rows];
    this.#updateEmphasis(changed);
    this.#uploadRange('state', changed);
  }

  /** The rows of a selection. */
  setChosen(rows: Uint32Array): void {
    for (let place = 0; place < this.#rowCount; place++) this.#state[4 * place + 3] = 0;
    for (const row of rows) if (row < this.#rowCount) this.#state[4 * this.#cells.placeOf[row]! + 3] = 1;
    for (let at = 0; at < this.#state.length; at += 4) {
      this.#state[at + 2] = this.#state[at + 3] === 1 ? SOURCE_EMPHASIS.chosen : SOURCE_EMPHASIS.none;
    }
    this.#updateEmphasis([]);
    this.#uploadRange('state', undefined);
  }

  /** Costs no work per source. */
  setShown(shown: ShownClasses): void {
    this.#shown = shown;
  }

  setVisibleRows(mask: Uint8Array | undefined): void {
    for (let place = 0; place < this.#rowCount; place++) {
      this.#state[4 * place + 1] = mask === undefined ? 1 : mask[this.#cells.rows[place]!]!;
    }
    this.#uploadRange('state', undefined);
  }

  /** As the shaders decide it. */
  isVisible(row: number): boolean {
    const place = this.#cells.placeOf[row]!;
    if (this.#state[4 * place + 1] !== 1) return false;
    if (row === this.#selected) return true;
    switch (this.#state[4 * place]) {
      case SOURCE_CLASS.noResult:
        return this.#shown.noResult;
      case SOURCE_CLASS.classified:
        return this.#shown.unflagged || this.#probability[place]! >= this.#threshold;
      case SOURCE_CLASS.sisg:
        return this.#shown.sisg;
      default:
        return this.#shown.excluded;
    }
  }

  /** Draws all sources, `undefined` clears the canvas. `width` and `height` in CSS pixels. */
  draw(view: ViewProjection | undefined, width: number, height: number): void {
    const gl = this.#gl;
    if (gl === undefined || gl.isContextLost()) return;
    const ratio = globalThis.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== pixelWidth || this.canvas.height !== pixelHeight) {
      this.canvas.width = pixelWidth;
      this.canvas.height = pixelHeight;
    }
    gl.viewport(0, 0, pixelWidth, pixelHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (view === undefined || this.#rowCount === 0) return;

    const pxPerArcsec = pixelsPerRadian(view) * ARCSEC;
    const isClose = pxPerArcsec >= ELLIPSES_FROM_PX_PER_ARCSEC;
    const program = isClose ? this.#ellipses : this.#points;
    if (program === undefined || this.#buffers === undefined) return;
    const activate = (used: SourceProgram): void => {
      gl.useProgram(used.program);
      gl.bindVertexArray(used.array);
      this.#setUniforms(gl, used, view, { width, height, ratio });
    };
    let ranges = this.#rangesInView(view, width, height);
    const inView = this.#countInView(view, width, height);
    if (!isClose && inView > DENSE_COUNT && this.#density !== undefined) {
      const { count } = this.#density;
      this.#density.draw(pixelWidth, pixelHeight, inView, () => {
        activate(count);
        for (const { first, end } of ranges) gl.drawArrays(gl.POINTS, first, end - first);
      });
      ranges = this.#emphasisedPlaces();
    }
    activate(program);
    if (isClose) {
      for (const { first, end } of ranges) {
        pointAttributesAt(gl, this.#buffers, first);
        gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, end - first);
      }
    } else {
      const scale = Math.min(1, Math.max(0.4, Math.sqrt(CROWDED_COUNT / Math.max(1, inView))));
      gl.uniform1f(program.uniform('uPointScale'), scale);
      gl.uniform1f(program.uniform('uFaintOpacity'), 0.4 + 0.6 * scale);
      for (const { first, end } of ranges) gl.drawArrays(gl.POINTS, first, end - first);
    }
    gl.bindVertexArray(null);
  }

  destroy(): void {
    this.canvas.remove();
    this.#gl?.getExtension('WEBGL_lose_context')?.loseContext();
    this.#gl = undefined;
  }

  /** What has to be drawn: all of a small catalogue, otherwise the cells that the view meets. */
  #rangesInView(view: ViewProjection, width: number, height: number): PlaceRange[] {
    const all = [{ first: 0, end: this.#rowCount }];
    if (this.#rowCount <= DRAW_ALL_COUNT) return all;
    const halfDiagonal = Math.atan(Math.hypot(width, height) / 2 / pixelsPerRadian(view)) / RADIANS;
    const radiusDeg = 1.1 * halfDiagonal + this.#largestArcsec / 2 / 3600;
    if (radiusDeg > WIDEST_RANGED_DEG) return all;
    const { raDeg, decDeg } = positionOf(view.centre);
    return this.#cells.rangesNear(raDeg, decDeg, radiusDeg);
  }

  /** Places of what has to be seen in any crowd. */
  #emphasisedPlaces(): PlaceRange[] {
    const rows = this.#selected === undefined ? this.#neighbours : [...this.#neighbours, this.#selected];
    return rows.map((row) => ({ first: this.#cells.placeOf[row]!, end: this.#cells.placeOf[row]! + 1 }));
  }

  /** About how many sources share the view, by their mean density. */
  #countInView(view: ViewProjection, width: number, height: number): number {
    const areaSteradian = (width * height) / pixelsPerRadian(view) ** 2;
    return Math.min(this.#rowCount, (this.#rowCount * areaSteradian) / Math.max(this.#extentSteradian, 1e-9));
  }

  #setUniforms(
    gl: WebGL2RenderingContext,
    program: SourceProgram,
    view: ViewProjection,
    { width, height, ratio }: { width: number; height: number; ratio: number },
  ): void {
    const uniform = (name: string): WebGLUniformLocation | null => program.uniform(name);
    const { east, north, centre } = view;
    // Column by column, as WebGL takes it.
    const axes = [0, 1, 2].flatMap((axis) => [east[axis]!, north[axis]!, centre[axis]!]);
    const colors = SOURCE_COLORS[this.#theme];
    gl.uniformMatrix3fv(uniform('uViewAxes'), false, axes);
    gl.uniform3f(uniform('uReference'), ...this.#reference);
    gl.uniform3f(
      uniform('uReferenceInView'),
      dot(this.#reference, east),
      dot(this.#reference, north),
      dot(this.#reference, centre),
    );
    gl.uniform4f(uniform('uAffine'), view.eastX * ratio, view.eastY * ratio, view.northX * ratio, view.northY * ratio);
    gl.uniform2f(uniform('uOrigin'), view.originX * ratio, view.originY * ratio);
    gl.uniform2f(uniform('uSize'), width * ratio, height * ratio);
    gl.uniform1f(uniform('uThreshold'), this.#threshold);
    gl.uniform1f(uniform('uPixelRatio'), ratio);
    gl.uniform3f(uniform('uHalo'), ...colors.halo);
    gl.uniform3f(uniform('uHaloCasing'), ...colors.haloCasing);
    gl.uniform3f(uniform('uCasing'), ...colors.casing);
    gl.uniform3f(uniform('uNeutral'), ...colors.neutral);
    gl.uniform3f(uniform('uNeighbour'), ...colors.neighbour);
    gl.uniform3f(uniform('uChosen'), ...colors.chosen);
    const { noResult, unflagged, sisg, excluded } = this.#shown;
    gl.uniform4f(uniform('uShown'), Number(noResult), Number(unflagged), Number(sisg), Number(excluded));
  }

  #updateEmphasis(rows: readonly number[]): void {
    for (const row of rows) {
      if (row >= this.#rowCount) continue;
      const at = 4 * this.#cells.placeOf[row]!;
      this.#state[at + 2] = this.#state[at + 3] === 1 ? SOURCE_EMPHASIS.chosen : SOURCE_EMPHASIS.none;
    }
    const mark = (row: number, emphasis: number): void => {
      if (row < this.#rowCount) this.#state[4 * this.#cells.placeOf[row]! + 2] = emphasis;
    };
    for (const row of this.#neighbours) mark(row, SOURCE_EMPHASIS.neighbour);
    if (this.#selected !== undefined) mark(this.#selected, SOURCE_EMPHASIS.selected);
  }

  #start(): void {
    const gl = this.canvas.getContext('webgl2', {
      alpha: true,
      premultipliedAlpha: true,
      antialias: false,
      depth: true,
    });
    if (gl === null) return;
    this.#gl = gl;
    this.#buffers = {
      offset: gl.createBuffer(),
      shape: gl.createBuffer(),
      probability: gl.createBuffer(),
      state: gl.createBuffer(),
    };
    this.#points = openProgram(gl, this.#buffers, POINT_VERTEX, POINT_FRAGMENT, false);
    this.#ellipses = openProgram(gl, this.#buffers, ELLIPSE_VERTEX, ELLIPSE_FRAGMENT, true);
    this.#density = openDensityLayer(gl, this.#buffers);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
  }

  #uploadAll(): void {
    const gl = this.#gl;
    if (gl === undefined || this.#buffers === undefined) return;
    const { reference, extentSteradian, offset, shape } = sourceGeometry(this.#sources, this.#cells);
    this.#reference = reference;
    this.#extentSteradian = extentSteradian;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.offset);
    gl.bufferData(gl.ARRAY_BUFFER, offset, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.shape);
    gl.bufferData(gl.ARRAY_BUFFER, shape, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.probability);
    gl.bufferData(gl.ARRAY_BUFFER, this.#probability, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.state);
    gl.bufferData(gl.ARRAY_BUFFER, this.#state, gl.DYNAMIC_DRAW);
  }

  /** Sends the part of a buffer between the first and the last changed place. */
  #uploadRange(name: 'probability' | 'state', rows: readonly number[] | undefined): void {
    const gl = this.#gl;
    if (gl === undefined || this.#buffers === undefined || this.#rowCount === 0) return;
    let [first, last] = [0, this.#rowCount - 1];
    if (rows !== undefined) {
      const places = rows.filter((row) => row < this.#rowCount).map((row) => this.#cells.placeOf[row]!);
      if (places.length === 0) return;
      first = places.reduce((a, b) => Math.min(a, b));
      last = places.reduce((a, b) => Math.max(a, b));
    }
    const values = name === 'state' ? this.#state : this.#probability;
    const perRow = name === 'state' ? 4 : 1;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name]);
    const part = values.subarray(first * perRow, (last + 1) * perRow);
    gl.bufferSubData(gl.ARRAY_BUFFER, first * 4, part);
  }
}
