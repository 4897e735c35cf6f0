import type A from 'aladin-lite';
import type { AladinInstance, AladinLayer } from 'aladin-lite';
import type { FieldTiles } from './field-tiles.ts';
import { absoluteUrl, tilesAt } from './field-tiles.ts';
import type { ImageDisplay } from './image-display.ts';

export interface LayerOptions {
  /** The same image with worse tiles: it is seen where the better ones have not come. */
  readonly replaced?: string;
  /** Format of tiles that are pictures, in colours of their own; FITS where not given. */
  readonly pictures?: 'jpeg' | 'png';
}

/** The images of the sky: the field, and layers over it of which one is seen at a time. */
export interface ImageLayers {
  setDisplay(display: ImageDisplay): void;
  setField(hipsUrl: string): Promise<void>;
  /** Shows one image instead of the others; its tiles stay loaded when another takes its place. */
  show(hipsUrl: string, as: LayerOptions): Promise<void>;
  /** Whether a resource is one of the tiles on screen. */
  isTile(resourceUrl: string): boolean;
}

/** Layers whose tiles stay in graphics memory: switching among them is instant. */
const MOST_LAYERS = 4;
/** Name of our colours among Aladin's colour maps. */
const COLOUR_MAP = 'lobate';

interface Layer {
  /** Aladin's name; undefined for the field, which is its base layer. */
  readonly name: string | undefined;
  readonly tiles: FieldTiles;
  /** Whether its pixels are values, which our stretch and colours apply to. */
  readonly hasValues: boolean;
}

/** How an image is added before its colours are known to Aladin. */
export function layerOf(library: typeof A, { url, cuts }: FieldTiles, display: ImageDisplay): AladinLayer {
  const { low, high } = display.limits ?? cuts;
  return library.HiPS(url, {
    imgFormat: 'fits',
    minCut: low,
    maxCut: high,
    colormap: 'grayscale',
    stretch: display.native,
  });
}

/**
 * @param fieldUrl the field's address as `show` names it, whatever the tiles' own
 * @param onChanged something has to be drawn again
 */
export function imageLayers(
  library: typeof A,
  aladin: AladinInstance,
  field: { readonly url: string; readonly tiles: FieldTiles },
  start: { readonly display: ImageDisplay; readonly blankUrl: string; readonly onChanged: () => void },
): ImageLayers {
  let display = start.display;
  const layers = new Map<string, Layer>([[field.url, { name: undefined, tiles: field.tiles, hasValues: true }]]);
  let shown = field.url;
  let beneath: string | undefined;
  let fieldUrl = field.url;

  const aladinLayer = ({ name }: Layer): AladinLayer | undefined =>
    name === undefined ? aladin.getBaseImageLayer() : aladin.getOverlayImageLayer(name);

  function apply(): void {
    // Aladin's public way of it also refreshes lists of its own panels, which we do not show.
    aladin.view.wasm.createCustomColormap(
      COLOUR_MAP,
      display.colours.map((colour) => `${colour}ff`),
    );
    for (const [url, layer] of layers) {
      const found = aladinLayer(layer);
      if (found === undefined) continue;
      if (layer.hasValues) {
        const { low, high } = display.limits ?? layer.tiles.cuts;
        found.setCuts(low, high);
        found.setColormap(COLOUR_MAP, { stretch: display.native });
      }
      found.setOpacity(url === shown || url === beneath ? 1 : 0);
    }
    start.onChanged();
  }

  function forgetOldest(): void {
    const oldest = [...layers].find(([url, { name }]) => name !== undefined && url !== shown && url !== beneath);
    if (layers.size <= MOST_LAYERS || oldest === undefined) return;
    aladin.removeImageLayer(oldest[1].name!);
    layers.delete(oldest[0]);
  }

  /** Aladin goes on asking for the tiles of a layer that is not seen; another machine is not to be asked then. */
  function removeHiddenPictures(): void {
    for (const [url, { name, hasValues }] of layers) {
      if (hasValues || url === shown || name === undefined) continue;
      aladin.removeImageLayer(name);
      layers.delete(url);
    }
  }

  // A layer is there, and can be coloured, once its properties have come.
  aladin.aladinDiv.addEventListener('AL:Layer.added', apply);

  return {
    setDisplay(next) {
      display = next;
      apply();
    },
    async setField(hipsUrl) {
      [shown, beneath, fieldUrl] = [hipsUrl, undefined, hipsUrl];
      const tiles = await tilesAt(hipsUrl, start.blankUrl);
      // Another field was opened meanwhile.
      if (fieldUrl !== hipsUrl) return;
      for (const { name } of layers.values()) if (name !== undefined) aladin.removeImageLayer(name);
      layers.clear();
      layers.set(hipsUrl, { name: undefined, tiles, hasValues: true });
      aladin.setBaseImageLayer(layerOf(library, tiles, display));
      start.onChanged();
    },
    async show(hipsUrl, { replaced, pictures }) {
      [shown, beneath] = [hipsUrl, replaced];
      removeHiddenPictures();
      if (!layers.has(hipsUrl) && hipsUrl !== fieldUrl) {
        const tiles = await tilesAt(hipsUrl, start.blankUrl);
        // Left meanwhile: added now, it would go on asking for tiles though it is not seen.
        if (shown !== hipsUrl) return;
        if (!layers.has(hipsUrl)) {
          // Where the pictures do not answer, `tiles` are those of the blank sky, which has values.
          const isPicture = pictures !== undefined && tiles.url === absoluteUrl(hipsUrl);
          layers.set(hipsUrl, { name: hipsUrl, tiles, hasValues: !isPicture });
          const added = isPicture ? library.HiPS(tiles.url, { imgFormat: pictures }) : layerOf(library, tiles, display);
          aladin.setOverlayImageLayer(added, hipsUrl);
          forgetOldest();
        }
      }
      apply();
    },
    isTile: (url) => [...layers.values()].some(({ tiles }) => url.startsWith(tiles.url)),
  };
}
