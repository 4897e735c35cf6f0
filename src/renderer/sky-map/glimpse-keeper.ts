import type { AladinView } from './aladin-view.ts';
import type { Glimpse } from './glimpse.ts';
import type { ImageLook } from './image-display.ts';
import type { ViewProjection } from './view-projection.ts';

/** Looking at what Aladin drew waits for the drawing: not in every frame [ms]. */
const COMPARED_EVERY_MS = 150;
/** Aladin first shows wide tiles, enlarged, where closer ones have not come; for so long they are not taken for the image [ms]. */
const SETTLED_AFTER_MS = 4000;

/** The map's glimpse of the field that is being opened, until Aladin shows the field where the glimpse does. */
export class GlimpseKeeper {
  #glimpse: Glimpse | undefined;
  #comparedAtMs = 0;
  /** Since when Aladin shows the field. */
  #shownFromMs: number | undefined;

  keep(glimpse: Glimpse, look: ImageLook): void {
    this.end();
    this.#glimpse = glimpse;
    this.#shownFromMs = undefined;
    glimpse.setLook(look);
  }

  /** Over the image and under what is drawn on it. */
  putBefore(canvas: HTMLCanvasElement): void {
    if (this.#glimpse !== undefined) canvas.before(this.#glimpse.canvas);
  }

  setLook(look: ImageLook): void {
    this.#glimpse?.setLook(look);
  }

  follow(projection: ViewProjection): void {
    this.#glimpse?.follow(projection);
  }

  /** Takes the glimpse away where it is not needed any more. Called in a frame that Aladin has just drawn. */
  compare(aladin: AladinView, projection: ViewProjection): void {
    if (this.#glimpse === undefined) return;
    const now = performance.now();
    if (now - this.#comparedAtMs < COMPARED_EVERY_MS) return;
    this.#comparedAtMs = now;
    const { width, height } = aladin.size();
    const points = this.#glimpse
      .pointsWithPixels(projection)
      .filter(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height);
    this.#shownFromMs = aladin.showsImageAt(points) ? (this.#shownFromMs ?? now) : undefined;
    if (this.#shownFromMs === undefined) return;
    const isLongShown = now - this.#shownFromMs >= SETTLED_AFTER_MS;
    if (isLongShown || (this.#glimpse.isMatched((row) => aladin.drawnRow(row)) ?? true)) this.end();
  }

  end(): void {
    this.#glimpse?.end();
    this.#glimpse = undefined;
  }
}
