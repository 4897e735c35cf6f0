import type { Glimpse } from '../../sky-map/glimpse.ts';
import { paintGlimpse } from '../../sky-map/glimpse.ts';
import { fittedView } from '../../sky-map/fitted-view.ts';
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
  /** What was seen of a field while it was opened. */
  let seen: { readonly hipsUrl: string; readonly glimpse: Glimpse } | undefined;

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

  /** What was seen of the field already, at its place in the view that the container opens with. */
  function takeSeen(container: HTMLElement, { hipsUrl, initialView, startView }: SkyMapOptions): Glimpse | undefined {
    const taken = seen?.hipsUrl === hipsUrl ? seen.glimpse : undefined;
    if (taken === undefined) seen?.glimpse.end();
    seen = undefined;
    const size = { width: container.clientWidth, height: container.clientHeight };
    taken?.moveTo(startView ?? fittedView(initialView, size), size);
    if (taken !== undefined) container.append(taken.canvas);
    return taken;
  }

  return {
    async place(container: HTMLElement, options: SkyMapOptions): Promise<SkyMap> {
      placed = container;
      const isNew = shownUrl !== options.hipsUrl;
      const taken = isNew ? takeSeen(container, options) : undefined;
      const painting = isNew ? paintGlimpse(container, options) : Promise.resolve(undefined);
      await onScreen(taken === undefined ? painting : Promise.resolve(taken));
      const map = await (making ?? begin(container, options));
      const show = (glimpse: Glimpse | undefined): void => {
        if (glimpse === undefined) return;
        if (placed === container && shownUrl === options.hipsUrl) map.showGlimpse(glimpse);
        else glimpse.end();
      };
      // Otherwise another panel took it meanwhile, or this one is gone.
      const isPlaced = placed === container;
      if (isPlaced) map.attach(container);
      if (isPlaced && shownUrl !== options.hipsUrl) {
        shownUrl = options.hipsUrl;
        map.setField(options.hipsUrl, options.initialView, options.startView);
      }
      show(taken);
      // As many pixels as this panel has, in the place of what was made for another.
      void painting.then(show);
      if (isPlaced) await map.ready;
      return map;
    },
    /** A picture of a field that is being opened: the panel takes it over, so that nothing is dark in between. */
    keepSeen(hipsUrl: string, glimpse: Glimpse): void {
      seen?.glimpse.end();
      seen = { hipsUrl, glimpse };
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
