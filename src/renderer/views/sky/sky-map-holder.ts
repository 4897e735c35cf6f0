import type { SkyMap, SkyMapOptions } from '../../sky-map/sky-map-types.ts';

/**
 * Holds the window's sky map outside React's life cycle. Aladin Lite cannot be destroyed, so there is one per page; it
 * moves to the container that wants it and is set to that container's field.
 */
function holdSkyMap() {
  let making: Promise<SkyMap> | undefined;
  let present: SkyMap | undefined;
  let shownUrl = '';

  return {
    async place(container: HTMLElement, options: SkyMapOptions): Promise<SkyMap> {
      if (making === undefined) {
        shownUrl = options.hipsUrl;
        making = import('../../sky-map/create-sky-map.ts').then(({ createSkyMap }) => createSkyMap(container, options));
        making.catch(() => (making = undefined));
        present = await making;
      } else {
        present = await making;
        present.attach(container);
      }
      if (shownUrl !== options.hipsUrl) {
        shownUrl = options.hipsUrl;
        present.setField(options.hipsUrl, options.initialView);
      }
      await present.ready;
      return present;
    },
    /** Loads what a sky needs, so that the first field does not wait for it. A failure is met again, and told, by `place`. */
    warm(): void {
      import('../../sky-map/aladin-view.ts').then(({ loadAladin }) => loadAladin()).catch(() => undefined);
    },
    release(): void {
      present?.detach();
    },
  };
}

export const skyMapHolder = holdSkyMap();
