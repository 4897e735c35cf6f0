import type { SourceBuffers, SourceProgram } from './source-program.ts';
import { linkedProgram, openProgram } from './source-program.ts';
import { COUNT_FRAGMENT, COUNT_VERTEX, DENSITY_FRAGMENT, DENSITY_VERTEX } from './source-shaders.ts';

/** Screen pixels per pixel of the counts, each way: counts of single pixels would be speckle. */
const PIXELS_PER_COUNT = 2;
/** Times the mean count at which the picture is opaque. */
const FULL_OF_MEAN = 6;

/** Draws how many sources there are instead of each of them. */
export interface DensityLayer {
  /** Counts sources; attributes of `count.program` are uniforms of the caller's. */
  readonly count: SourceProgram;
  /** @param drawSources draws all sources with `count` in use */
  draw(width: number, height: number, sourcesInView: number, drawSources: () => void): void;
}

/** Undefined where the graphics card cannot add up in half floats: single marks are drawn then, however many. */
export function openDensityLayer(gl: WebGL2RenderingContext, buffers: SourceBuffers): DensityLayer | undefined {
  if (gl.getExtension('EXT_color_buffer_float') === null) return undefined;
  const count = openProgram(gl, buffers, COUNT_VERTEX, COUNT_FRAGMENT, false);
  const picture = linkedProgram(gl, DENSITY_VERTEX, DENSITY_FRAGMENT);
  const fullCount = gl.getUniformLocation(picture, 'uFullCount');
  const [texture, target, corners] = [gl.createTexture(), gl.createFramebuffer(), gl.createVertexArray()];
  let [countWidth, countHeight] = [0, 0];

  function resize(width: number, height: number): void {
    const wanted = [Math.ceil(width / PIXELS_PER_COUNT), Math.ceil(height / PIXELS_PER_COUNT)] as const;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    if (wanted[0] === countWidth && wanted[1] === countHeight) return;
    [countWidth, countHeight] = wanted;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16F, countWidth, countHeight, 0, gl.RGBA, gl.HALF_FLOAT, null);
    for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, parameter, gl.NEAREST);
    }
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  }

  return {
    count,
    draw(width, height, sourcesInView, drawSources) {
      resize(width, height);
      gl.bindFramebuffer(gl.FRAMEBUFFER, target);
      gl.viewport(0, 0, countWidth, countHeight);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.disable(gl.DEPTH_TEST);
      gl.blendFunc(gl.ONE, gl.ONE);
      drawSources();
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.viewport(0, 0, width, height);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.useProgram(picture);
      gl.uniform1f(fullCount, Math.max(2, (FULL_OF_MEAN * sourcesInView) / (countWidth * countHeight)));
      gl.bindVertexArray(corners);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      gl.enable(gl.DEPTH_TEST);
    },
  };
}
