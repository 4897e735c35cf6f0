import { IMAGE_COLORMAPS, IMAGE_STRETCHES } from '../../sky-map/sky-map-types.ts';

export const COLORMAPS = IMAGE_COLORMAPS;
export const STRETCHES = IMAGE_STRETCHES;
