import type { SkyTheme, SourceLayerData } from './sky-map-types.ts';
import {
  ELLIPSE_FRAGMENT,
  ELLIPSE_VERTEX,
  POINT_FRAGMENT,
  POINT_VERTEX,
  SOURCE_CLASS,
  SOURCE_EMPHASIS,
} from './source-shaders.ts';
import type { Vector, ViewProjection } from './view-projection.ts';
import { dot, pixelsPerRadian, unitVector } from './view-projection.ts';

const ARCSEC = Math.PI / 180 / 3600;
const RADIANS = Math.PI / 180;

/** Closer than this [CSS pixel per arcsec] fitted ellipses are drawn, farther out marks: 6″ are 2.7 pixels there. */
export const ELLIPSES_FROM_PX_PER_ARCSEC = 0.45;

/** Sources in view from which marks begin to shrink, so that a crowded field does not become one blot. */
const CROWDED_COUNT = 4000;

interface ThemeColors {
  readonly halo: Vector;
  readonly haloCasing: Vector;
  readonly casing: Vector;
  readonly neutral: Vector;
}
const THEME_COLORS: Readonly<Record<SkyTheme, ThemeColors>> = {
  dark: { halo: [1, 1, 1], haloCasing: [0, 0, 0], casing: [0, 0, 0], neutral: [0.62, 0.64, 0.68] },
  light: { halo: [0.05, 0.06, 0.08], haloCasing: [1, 1, 1], casing: [0.1, 0.11, 0.13], neutral: [0.42, 0.44, 0.48] },
};

interface Program {
  readonly program: WebGLProgram;
  readonly array: WebGLVertexArrayObject;
  uniform(name: string): WebGLUniformLocation | null;
}

/** Number of status codes in a byte; 255 means that a row has no result. */
const NO_STATUS = 255;

/**
 * All sources in one WebGL2 canvas over the image. A frame is one draw call and no work per source; threshold and theme
 * are uniforms. Positions are kept as offsets from the field's middle: single precision then places them to 0.001″.
 */
export class SourceLayer {
  readonly canvas: HTMLCanvasElement;
  /** Row → class byte, visibility, emphasis; also what picking and tests look at. */
  state = new Uint8Array(0);
  #rowCount = 0;
  #sources: SourceLayerData | undefined;
  #probability = new Float32Array(0);
  #reference: Vector = [1, 0, 0];
  #threshold = 0.5;
  #theme: SkyTheme = 'dark';
  #selected: number | undefined;
  #neighbours: readonly number[] = [];
  #gl: WebGL2RenderingContext | undefined;
  #points: Program | undefined;
  #ellipses: Program | undefined;
  #buffers: Record<'offset' | 'shape' | 'probability' | 'state', WebGLBuffer> | undefined;

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

  get rowCount(): number {
    return this.#rowCount;
  }

  setSources(sources: SourceLayerData | undefined): void {
    this.#sources = sources;
    this.#rowCount = sources?.rowCount ?? 0;
    this.#probability = new Float32Array(this.#rowCount).fill(-1);
    this.state = new Uint8Array(4 * this.#rowCount);
    this.#selected = undefined;
    this.#neighbours = [];
    for (let row = 0; row < this.#rowCount; row++) {
      this.state[4 * row] = sources!.sisg[row] === 1 ? SOURCE_CLASS.sisg : SOURCE_CLASS.noResult;
      this.state[4 * row + 1] = 1;
    }
    this.#uploadAll();
  }

  /** `rows` limits the work to those that changed. */
  setPredictions(probability: Float64Array, status: Uint8Array, rows?: readonly number[]): void {
    const take = (row: number): void => {
      if (row >= this.#rowCount) return;
      const value = probability[row] ?? NaN;
      this.#probability[row] = Number.isNaN(value) ? -1 : value;
      this.state[4 * row] =
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
    const before = this.#selected;
    this.#selected = row;
    this.#updateEmphasis([before, row].filter((each) => each !== undefined));
  }

  setNeighbours(rows: readonly number[]): void {
    const before = this.#neighbours;
    this.#neighbours = [...rows];
    this.#updateEmphasis([...before, ...rows]);
  }

  setVisibleRows(mask: Uint8Array | undefined): void {
    for (let row = 0; row < this.#rowCount; row++) this.state[4 * row + 1] = mask === undefined ? 1 : mask[row]!;
    this.#uploadRange('state', undefined);
  }

  isVisible(row: number): boolean {
    return this.state[4 * row + 1] === 1;
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
    if (program === undefined) return;
    gl.useProgram(program.program);
    gl.bindVertexArray(program.array);
    this.#setUniforms(gl, program, view, { width, height, ratio });
    if (isClose) {
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#rowCount);
    } else {
      const scale = this.#pointScale(view, width, height);
      gl.uniform1f(program.uniform('uPointScale'), scale);
      gl.uniform1f(program.uniform('uFaintOpacity'), 0.4 + 0.6 * scale);
      gl.drawArrays(gl.POINTS, 0, this.#rowCount);
    }
    gl.bindVertexArray(null);
  }

  destroy(): void {
    this.canvas.remove();
    this.#gl?.getExtension('WEBGL_lose_context')?.loseContext();
    this.#gl = undefined;
  }

  /** Smaller marks where more sources than `CROWDED_COUNT` share the view, by their mean density. */
  #pointScale(view: ViewProjection, width: number, height: number): number {
    const areaSteradian = (width * height) / pixelsPerRadian(view) ** 2;
    const inView = Math.min(this.#rowCount, (this.#rowCount * areaSteradian) / Math.max(this.#extentSteradian, 1e-9));
    return Math.min(1, Math.max(0.4, Math.sqrt(CROWDED_COUNT / Math.max(1, inView))));
  }

  #extentSteradian = 1;

  #setUniforms(
    gl: WebGL2RenderingContext,
    program: Program,
    view: ViewProjection,
    { width, height, ratio }: { width: number; height: number; ratio: number },
  ): void {
    const uniform = (name: string): WebGLUniformLocation | null => program.uniform(name);
    const { east, north, centre } = view;
    // Column by column, as WebGL takes it.
    const axes = [0, 1, 2].flatMap((axis) => [east[axis]!, north[axis]!, centre[axis]!]);
    const colors = THEME_COLORS[this.#theme];
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
  }

  #updateEmphasis(rows: readonly number[]): void {
    for (const row of rows) if (row < this.#rowCount) this.state[4 * row + 2] = SOURCE_EMPHASIS.none;
    for (const row of this.#neighbours) {
      if (row < this.#rowCount) this.state[4 * row + 2] = SOURCE_EMPHASIS.neighbour;
    }
    if (this.#selected !== undefined && this.#selected < this.#rowCount) {
      this.state[4 * this.#selected + 2] = SOURCE_EMPHASIS.selected;
    }
    this.#uploadRange('state', [...rows, ...this.#neighbours]);
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
    const buffers = {
      offset: gl.createBuffer(),
      shape: gl.createBuffer(),
      probability: gl.createBuffer(),
      state: gl.createBuffer(),
    };
    this.#buffers = buffers;
    const program = (vertex: string, fragment: string, isInstanced: boolean): Program => {
      const linked = linkedProgram(gl, vertex, fragment);
      const array = gl.createVertexArray();
      gl.bindVertexArray(array);
      const attribute = (location: number, buffer: WebGLBuffer, size: number): void => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.enableVertexAttribArray(location);
        if (buffer === buffers.state) gl.vertexAttribIPointer(location, size, gl.UNSIGNED_BYTE, 4, 0);
        else gl.vertexAttribPointer(location, size, gl.FLOAT, false, 0, 0);
        if (isInstanced) gl.vertexAttribDivisor(location, 1);
      };
      attribute(0, buffers.offset, 3);
      attribute(1, buffers.shape, 3);
      attribute(2, buffers.probability, 1);
      attribute(3, buffers.state, 3);
      gl.bindVertexArray(null);
      const locations = new Map<string, WebGLUniformLocation | null>();
      return {
        program: linked,
        array,
        uniform(name) {
          if (!locations.has(name)) locations.set(name, gl.getUniformLocation(linked, name));
          return locations.get(name) ?? null;
        },
      };
    };
    this.#points = program(POINT_VERTEX, POINT_FRAGMENT, false);
    this.#ellipses = program(ELLIPSE_VERTEX, ELLIPSE_FRAGMENT, true);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
  }

  #uploadAll(): void {
    const gl = this.#gl;
    if (gl === undefined || this.#buffers === undefined) return;
    const sources = this.#sources;
    const offset = new Float32Array(3 * this.#rowCount);
    const shape = new Float32Array(3 * this.#rowCount);
    if (sources !== undefined) {
      this.#reference = middleOf(sources);
      let farthest = 0;
      for (let row = 0; row < this.#rowCount; row++) {
        const direction = unitVector(sources.raDeg[row]!, sources.decDeg[row]!);
        const delta = direction.map((component, axis) => component - this.#reference[axis]!);
        offset.set(delta, 3 * row);
        farthest = Math.max(farthest, delta[0]! ** 2 + delta[1]! ** 2 + delta[2]! ** 2);
        const pa = sources.paDeg[row]!;
        shape[3 * row] = (sources.majArcsec[row]! / 2) * ARCSEC;
        shape[3 * row + 1] = (sources.minArcsec[row]! / 2) * ARCSEC;
        shape[3 * row + 2] = Number.isNaN(pa) ? 0 : pa * RADIANS;
      }
      // A cap of chord length c has the area π c².
      this.#extentSteradian = Math.PI * farthest;
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.offset);
    gl.bufferData(gl.ARRAY_BUFFER, offset, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.shape);
    gl.bufferData(gl.ARRAY_BUFFER, shape, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.probability);
    gl.bufferData(gl.ARRAY_BUFFER, this.#probability, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.state);
    gl.bufferData(gl.ARRAY_BUFFER, this.state, gl.DYNAMIC_DRAW);
  }

  /** Sends the part of a buffer between the first and the last changed row. */
  #uploadRange(name: 'probability' | 'state', rows: readonly number[] | undefined): void {
    const gl = this.#gl;
    if (gl === undefined || this.#buffers === undefined || this.#rowCount === 0) return;
    let [first, last] = [0, this.#rowCount - 1];
    if (rows !== undefined) {
      const inRange = rows.filter((row) => row < this.#rowCount);
      if (inRange.length === 0) return;
      first = inRange.reduce((a, b) => Math.min(a, b));
      last = inRange.reduce((a, b) => Math.max(a, b));
    }
    const values = name === 'state' ? this.state : this.#probability;
    const perRow = name === 'state' ? 4 : 1;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name]);
    const part = values.subarray(first * perRow, (last + 1) * perRow);
    gl.bufferSubData(gl.ARRAY_BUFFER, first * 4, part);
  }
}

function middleOf({ rowCount, raDeg, decDeg }: SourceLayerData): Vector {
  const sum = [0, 0, 0];
  for (let row = 0; row < rowCount; row++) {
    const direction = unitVector(raDeg[row]!, decDeg[row]!);
    for (let axis = 0; axis < 3; axis++) sum[axis]! += direction[axis]!;
  }
  const length = Math.hypot(...sum);
  return length === 0 ? [1, 0, 0] : [sum[0]! / length, sum[1]! / length, sum[2]! / length];
}

function linkedProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('WebGL2 gives no shader (context lost)');
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(`source shader: ${gl.getShaderInfoLog(shader) ?? ''}`);
    }
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`source shader does not link: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  return program;
}
