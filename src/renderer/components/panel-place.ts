import { createContext, useContext } from 'react';

/** Where a panel stands in the window, as far as its content has to know. */
export interface PanelPlace {
  /** The right end of the header that the panel shares with its tab; undefined while another tab is in front. */
  readonly aside: HTMLElement | undefined;
}

const PlaceContext = createContext<PanelPlace | undefined>(undefined);

export const PanelPlaceProvider = PlaceContext.Provider;

/** Undefined outside the dock, where a panel draws its header itself. */
export const usePanelPlace = (): PanelPlace | undefined => useContext(PlaceContext);
