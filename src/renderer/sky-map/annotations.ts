import type { SkyTheme, Unsubscribe } from './screen.ts';
import type { ViewProjection } from './view-projection.ts';

/** What a painter draws on: pixels are CSS pixels, the origin the upper left corner of the sky. */
export interface AnnotationSheet {
  readonly context: CanvasRenderingContext2D;
  readonly projection: ViewProjection;
  readonly width: number;
  readonly height: number;
  readonly theme: SkyTheme;
}

export type SkyPainter = (sheet: AnnotationSheet) => void;

/** A 2-D canvas over sources and image for the few things that are drawn one by one: grid, ruler, selection. */
export class Annotations {
  readonly canvas = document.createElement('canvas');
  readonly #painters = new Set<SkyPainter>();
  #isClear = true;

  constructor() {
    this.canvas.className = 'sky-annotations';
    Object.assign(this.canvas.style, {
      position: 'absolute',
      inset: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
    });
  }

  add(painter: SkyPainter): Unsubscribe {
    this.#painters.add(painter);
    return () => this.#painters.delete(painter);
  }

  draw(projection: ViewProjection | undefined, width: number, height: number, theme: SkyTheme): void {
    if (this.#painters.size === 0 && this.#isClear) return;
    const ratio = globalThis.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    if (this.canvas.width !== pixelWidth || this.canvas.height !== pixelHeight) {
      this.canvas.width = pixelWidth;
      this.canvas.height = pixelHeight;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#isClear = this.#painters.size === 0;
    if (projection === undefined) return;
    for (const paint of this.#painters) {
      context.save();
      paint({ context, projection, width, height, theme });
      context.restore();
    }
  }
}
