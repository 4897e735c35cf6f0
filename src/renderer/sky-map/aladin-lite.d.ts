/** The part of Aladin Lite 3.8.2 that Lobate uses; the package brings no types of its own. */
declare module 'aladin-lite' {
  export interface AladinLayer {
    setCuts(low: number, high: number): void;
    setOpacity(opacity: number): void;
    setColormap(name: string, options: { readonly stretch?: string; readonly reversed?: boolean }): void;
  }

  /** Undocumented; the reason why the version is pinned. */
  export interface AladinInternalView {
    /** Called for every animation frame; Aladin arms the next frame with whatever stands here at that time. */
    redrawClbk: (timeMs: number) => void;
    redraw(timeMs: number): void;
    /** Rest of a wheel zoom still gliding. */
    zoomDelta: number;
    readonly wasm: {
      /** 256 colours as `#rrggbbaa`; replaces a map of the same name. */
      createCustomColormap(name: string, colours: readonly string[]): void;
    };
  }

  export interface AladinInstance {
    readonly view: AladinInternalView;
    readonly aladinDiv: HTMLElement;
    contextMenu: unknown;
    gotoRaDec(raDeg: number, decDeg: number): void;
    setFoV(fovDeg: number): void;
    setFoVRange(minDeg: number, maxDeg: number): void;
    /** Centre [deg, ICRS]. */
    getRaDec(): [number, number];
    /** Width and height [deg]. */
    getFov(): [number, number];
    /** Width and height [CSS pixel]. */
    getSize(): [number, number];
    /** [CSS pixel]; null where the projection cannot show the position. */
    world2pix(raDeg: number, decDeg: number): [number, number] | null | undefined;
    setBackgroundColor(color: string): void;
    setBaseImageLayer(layer: AladinLayer | string): void;
    getBaseImageLayer(): AladinLayer | undefined;
    setOverlayImageLayer(layer: AladinLayer, name: string): AladinLayer;
    getOverlayImageLayer(name: string): AladinLayer | undefined;
    removeImageLayer(name: string): void;
    getViewData(kind: 'blob', mime: 'image/png', logo: boolean): Promise<Blob>;
  }

  export interface HipsOptions {
    readonly imgFormat: 'fits' | 'jpeg' | 'png';
    readonly minCut?: number;
    readonly maxCut?: number;
    readonly colormap?: string;
    readonly stretch?: string;
    readonly reversed?: boolean;
    readonly successCallback?: (layer: AladinLayer) => void;
    readonly errorCallback?: (error: unknown) => void;
  }

  export interface AladinOptions {
    readonly survey: AladinLayer | string;
    readonly target: string;
    readonly fov: number;
    readonly projection: 'TAN';
    readonly cooFrame: 'ICRS';
    readonly backgroundColor: string;
    readonly [option: string]: unknown;
  }

  const A: {
    readonly init: Promise<void>;
    aladin(container: HTMLElement, options: AladinOptions): AladinInstance;
    HiPS(url: string, options: HipsOptions): AladinLayer;
  };
  export { A as default };
}
