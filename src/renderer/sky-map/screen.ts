/** Dark for a sky that is shown dark, whatever the window's theme. */
export type SkyTheme = 'dark' | 'light';

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
