import type { Glimpse } from '../../sky-map/glimpse.ts';
import { paintGlimpse } from '../../sky-map/glimpse.ts';
import type { SkyMap, SkyMapOptions } from '../../sky-map/sky-map-types.ts';

/**
 * Holds the window's sky map outside React's life cycle. Aladin Lite cannot be destroyed, so there is one per page; it
 * moves to the container that wants it and is set to that container's field.
 */
function holdSkyMap() {
  let making: Promise<SkyMap> | undefined;
  let present: SkyMap | undefined;
  let shownUrl = '';
  let placed: HTMLElement | undefined;

  async function make(container: HTMLElement, options: SkyMapOptions): Promise<SkyMap> {
    const { createSkyMap } = await import('../../sky-map/create-sky-map.ts');
    return createSkyMap(container, options);
  }

  function begin(container: HTMLElement, options: SkyMapOptions): Promise<SkyMap> {
    shownUrl = options.hipsUrl;
    const made = make(container, options);
    making = made;
    made.then(
      (map) => (present = map),
      () => (making = undefined),
    );
    return made;
  }

  return {
    async place(container: HTMLElement, options: SkyMapOptions): Promise<SkyMap> {
      placed = container;
      const painting = shownUrl === options.hipsUrl ? Promise.resolve(undefined) : paintGlimpse(container, options);
      await onScreen(painting);
      const map = await (making ?? begin(container, options));
      void painting.then((glimpse) => {
        if (glimpse === undefined) return;
        if (placed === container && shownUrl === options.hipsUrl) map.showGlimpse(glimpse);
        else glimpse.end();
      });
      // Another panel took it meanwhile, or this one is gone.
      if (placed !== container) return map;
      map.attach(container);
      if (shownUrl !== options.hipsUrl) {
        shownUrl = options.hipsUrl;
        map.setField(options.hipsUrl, options.initialView, options.startView);
      }
      await map.ready;
      return map;
    },
    /**
     * Makes the sky of no field, unseen: compiling its shaders and starting its WebAssembly take longer than anything else
     * between a field's opening and its first tile. A failure is met again, and told, by `place`.
     */
    warm(options: Omit<SkyMapOptions, 'hipsUrl' | 'initialView'>): void {
      if (making !== undefined) return;
      const room = waitingRoom();
      begin(room, { ...options, hipsUrl: options.blankUrl, initialView: ANYWHERE })
        .then((map) => map.ready.then(() => placed === undefined && map.detach()))
        .catch(() => undefined)
        .finally(() => room.remove());
    },
    release(): void {
      placed = undefined;
      present?.detach();
    },
  };
}

/** The image itself is not kept waiting for longer [ms]. */
const GLIMPSE_WITHIN_MS = 1500;

/** Waits until a glimpse is seen: Aladin Lite keeps the page from painting as soon as it is begun. */
async function onScreen(painting: Promise<Glimpse | undefined>): Promise<void> {
  const tooLate = new Promise<undefined>((tell) => setTimeout(() => tell(undefined), GLIMPSE_WITHIN_MS));
  const painted = await Promise.race([painting, tooLate]);
  if (painted !== undefined) await nextFrame();
}

/** After the page has been painted once more; a page that is not seen is not waited for. */
const nextFrame = (): Promise<void> =>
  document.hidden ? Promise.resolve() : new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));

/** A narrow view: of a wide one more tiles are asked for. */
const ANYWHERE = { raDeg: 180, decDeg: 0, fovDeg: 1 } as const;

/** Laid out, so that the sky has a size to start with, and neither seen nor spoken nor reached by a key. */
function waitingRoom(): HTMLElement {
  const room = document.createElement('div');
  room.inert = true;
  room.ariaHidden = 'true';
  Object.assign(room.style, { position: 'fixed', inset: '0 auto auto 0', width: '640px', height: '480px' });
  room.style.visibility = 'hidden';
  document.body.append(room);
  return room;
}

export const skyMapHolder = holdSkyMap();
