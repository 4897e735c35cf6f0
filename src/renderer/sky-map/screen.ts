/** Dark for a sky that is shown dark, whatever the window's theme. */
export type SkyTheme = 'dark' | 'light';

/** What is seen where the image has no pixels. */
export const GROUND: Readonly<Record<SkyTheme, string>> = { dark: 'rgb(9, 10, 14)', light: 'rgb(246, 247, 249)' };

/** Size of the map's container [CSS pixel]. */
export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/** A point in the map's container [CSS pixel from the upper left corner]. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** A region of the screen, with the box that holds it [CSS pixel]. */
export interface ScreenRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  contains(x: number, y: number): boolean;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Centre [deg, ICRS] and the width of the view [deg]. */
export interface SkyView {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly fovDeg: number;
}
