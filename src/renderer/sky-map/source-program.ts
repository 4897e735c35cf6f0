/** What the shaders read per source, `bytes` apart in its buffer. */
const ATTRIBUTES = [
  { location: 0, name: 'offset', size: 3, bytes: 12 },
  { location: 1, name: 'shape', size: 3, bytes: 12 },
  { location: 2, name: 'probability', size: 1, bytes: 4 },
  { location: 3, name: 'state', size: 3, bytes: 4 },
] as const;

export type SourceBuffers = Readonly<Record<(typeof ATTRIBUTES)[number]['name'], WebGLBuffer>>;

/** A linked program with its attributes bound. */
export interface SourceProgram {
  readonly program: WebGLProgram;
  readonly array: WebGLVertexArrayObject;
  uniform(name: string): WebGLUniformLocation | null;
}

/**
 * Points the attributes of the bound vertex array at a source: WebGL2 has no first instance, so that a range of instances
 * is drawn by letting the attributes themselves start there.
 */
export function pointAttributesAt(gl: WebGL2RenderingContext, buffers: SourceBuffers, first: number): void {
  for (const { location, name, size, bytes } of ATTRIBUTES) {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    if (name === 'state') gl.vertexAttribIPointer(location, size, gl.UNSIGNED_BYTE, bytes, first * bytes);
    else gl.vertexAttribPointer(location, size, gl.FLOAT, false, bytes, first * bytes);
  }
}

/** @throws Error when the shaders do not compile or link: a bug, not a property of the data */
export function openProgram(
  gl: WebGL2RenderingContext,
  buffers: SourceBuffers,
  vertex: string,
  fragment: string,
  isInstanced: boolean,
): SourceProgram {
  const program = linkedProgram(gl, vertex, fragment);
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  pointAttributesAt(gl, buffers, 0);
  for (const { location } of ATTRIBUTES) {
    gl.enableVertexAttribArray(location);
    if (isInstanced) gl.vertexAttribDivisor(location, 1);
  }
  gl.bindVertexArray(null);
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    array,
    uniform(name) {
      if (!locations.has(name)) locations.set(name, gl.getUniformLocation(program, name));
      return locations.get(name) ?? null;
    },
  };
}

/** @throws Error when the shaders do not compile or link */
export function linkedProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  const shaders: WebGLShader[] = [];
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('WebGL2 gives no shader (context lost)');
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    shaders.push(shader);
  }
  gl.linkProgram(program);
  // Asked once, at the end: each question waits until the graphics processor has done all that it was told before.
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const notes = [...shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(program)];
    throw new Error(`source shader does not link: ${notes.filter(Boolean).join('; ')}`);
  }
  return program;
}
