import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { Property } from '../../../figures/property-figures.ts';

/** A property of catalogue rows that performance is looked at against. */
export interface SourceProperty extends Property {
  readonly title: string;
  readonly valuesOf: (sources: SourceColumns, predictions: PredictionColumns) => ArrayLike<number>;
}

export const SOURCE_PROPERTIES: readonly SourceProperty[] = [
  { title: 'Total flux', name: 'Total_flux', unit: 'mJy', isLog: true, valuesOf: ({ totalFluxMjy }) => totalFluxMjy },
  {
    title: 'Peak flux',
    name: 'Peak_flux',
    unit: 'mJy/beam',
    isLog: true,
    valuesOf: ({ peakFluxMjyPerBeam }) => peakFluxMjyPerBeam,
  },
  { title: 'Major axis', name: 'Maj', unit: 'arcsec', isLog: true, valuesOf: ({ majArcsec }) => majArcsec },
  { title: 'Minor axis', name: 'Min', unit: 'arcsec', isLog: true, valuesOf: ({ minArcsec }) => minArcsec },
  {
    title: 'Distance to nearest',
    name: 'NN_dist',
    unit: 'arcsec',
    isLog: false,
    valuesOf: ({ nearestArcsec }) => nearestArcsec,
  },
  { title: 'Neighbours within 45″', name: 'NN_45', unit: '', isLog: false, valuesOf: ({ within45 }) => within45 },
  { title: 'Declination', name: 'DEC', unit: 'deg', isLog: false, valuesOf: ({ decDeg }) => decDeg },
  {
    title: 'Valid fraction',
    name: 'valid_fraction',
    unit: '',
    isLog: false,
    valuesOf: (_, { validFraction }) => validFraction,
  },
];
