/** Script of the window's thread in milliseconds: medians, and the worst frame while panning. */
export interface OverlayTimes {
  readonly panFrameMs: number;
  readonly worstPanFrameMs: number;
  /** Setting the threshold and drawing the frame that shows it. */
  readonly thresholdMs: number;
  readonly clickMs: number;
  /** The first click on new sources, which sorts them for it. */
  readonly firstClickMs: number;
}
