import type { GlimpseColumns } from '../../contract/glimpse.ts';
import { fittedView } from './fitted-view.ts';
import type { GlimpseImage } from './glimpse-image.ts';
import { colouredPixels, glimpseImage, isAsSharp, placesWithPixels } from './glimpse-image.ts';
import type { ImageLook } from './image-display.ts';
import type { ScreenPoint, ScreenSize, SkyView } from './screen.ts';
import { GROUND } from './screen.ts';
import type { Corners } from './picture-place.ts';
import { affineOf, cornersOf, isStill } from './picture-place.ts';
import type { ViewProjection } from './view-projection.ts';
import { projectionAt, screenOf } from './view-projection.ts';

/** Corners this near to where they were painted: Aladin has the view that it was told of [CSS pixel]. */
const ARRIVED_PX = 2;
/** Moved by less than this, nothing is moved [CSS pixel]. */
const STILL_PX = 0.05;

/**
 * The field on a plain canvas, from the moment the engine has it until Aladin Lite has drawn its tiles: where WebGL is
 * drawn in software, seconds. It follows the view, and takes no pointer and no key.
 */
export interface Glimpse {
  readonly canvas: HTMLCanvasElement;
  setLook(look: ImageLook): void;
  /** Lies where it belongs in another view than the one it was made for, and waits there for the sky to come to it. */
  moveTo(view: SkyView, size: ScreenSize): void;
  /** Stays on the sky where that moved. */
  follow(projection: ViewProjection): void;
  /** Points of the screen where the field's tiles will have pixels, as the sky is seen now [CSS pixel]. */
  pointsWithPixels(projection: ViewProjection): readonly ScreenPoint[];
  /**
   * Whether the image under it is as sharp as it is.
   * @returns undefined where that cannot be told: the sky has moved, or there is nothing to compare
   */
  isMatched(rowOf: (row: number) => Uint8Array): boolean | undefined;
  end(): void;
}

/** What a field is opened with. */
export interface GlimpseOptions extends ImageLook {
  /** The field's extent; in a landscape window the view is widened so that its height fits too. */
  readonly initialView: SkyView;
  /** Where it opens; the field's extent where not given. */
  readonly startView?: SkyView | undefined;
  /** The field's pixels in a view of that size, from the engine; no glimpse is shown where not given. */
  readonly glimpse?: (view: SkyView, size: ScreenSize) => Promise<GlimpseColumns>;
}

/**
 * Paints a glimpse of the view that the sky will open with into `container`.
 * @returns undefined where there is none to be had: the sky then comes without
 */
export async function paintGlimpse(
  container: HTMLElement,
  { glimpse: load, startView, initialView, display, theme }: GlimpseOptions,
): Promise<Glimpse | undefined> {
  const size = { width: container.clientWidth, height: container.clientHeight };
  if (load === undefined || size.width === 0 || size.height === 0) return undefined;
  const view = startView ?? fittedView(initialView, size);
  try {
    const glimpse = glimpseOf(glimpseImage(await load(view, size), view, size), { display, theme });
    container.prepend(glimpse.canvas);
    return glimpse;
  } catch {
    return undefined;
  }
}

const isAtPlace = (point: ScreenPoint | undefined, place: ScreenPoint | undefined): boolean =>
  point !== undefined && place !== undefined && Math.hypot(point.x - place.x, point.y - place.y) <= ARRIVED_PX;

function glimpseOf(image: GlimpseImage, first: ImageLook): Glimpse {
  const { width, height, projection: own } = image;
  const canvas = document.createElement('canvas');
  canvas.className = 'sky-glimpse';
  canvas.ariaHidden = 'true';
  [canvas.width, canvas.height] = [width, height];
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0 auto auto 0',
    width: `${width}px`,
    height: `${height}px`,
    transformOrigin: '0 0',
    pointerEvents: 'none',
  });
  const context = canvas.getContext('2d');
  const directions = placesWithPixels(image);
  const onScreen = cornersOf(image, own);

  let look: ImageLook | undefined;
  let pixels = new Uint8ClampedArray(0);
  let hasMoved = false;
  /** Where the corners were put. */
  let places = onScreen(own);
  /**
   * Aladin is told of the view, and has it some frames later: until all three corners are where they were put the picture
   * stays.
   */
  let hasArrived = false;

  function setLook({ display, theme }: ImageLook): void {
    if (display === look?.display && theme === look.theme) return;
    look = { display, theme };
    canvas.style.background = GROUND[theme];
    pixels = colouredPixels(image, display);
    context?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }
  setLook(first);

  function lay(corners: Corners): void {
    const affine = affineOf(corners, image);
    // A corner beyond the horizon of the view: there is nothing of it to see.
    canvas.style.visibility = affine === undefined ? 'hidden' : 'visible';
    hasMoved = affine === undefined || !isStill(affine, image, STILL_PX);
    if (affine !== undefined) canvas.style.transform = hasMoved ? `matrix(${affine.join(',')})` : 'none';
  }

  return {
    canvas,
    setLook,
    moveTo(view, size) {
      places = onScreen(projectionAt(view, size.width, size.height));
      hasArrived = false;
      lay(places);
    },
    follow(projection) {
      const seen = onScreen(projection);
      hasArrived ||= seen.every((corner, k) => isAtPlace(corner, places[k]));
      if (hasArrived) lay(seen);
    },
    pointsWithPixels: (projection) => directions.flatMap((place) => screenOf(projection, place) ?? []),
    isMatched: (rowOf) => (hasMoved ? undefined : isAsSharp(pixels, image, rowOf)),
    end: () => canvas.remove(),
  };
}
