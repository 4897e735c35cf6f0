import type { QuantityKind } from './unit-conversion.ts';

/** How a catalogue column is understood: one line per column, and nothing about columns stands anywhere else. */
export interface ColumnDefinition {
  /** Names that are accepted, the preferred one first; any capitalisation. */
  readonly accepted: readonly string[];
  readonly kind: QuantityKind | 'number' | 'text';
  /** UCD1+ of the column when Lobate writes it. */
  readonly ucd: string;
  readonly description: string;
  /** Without it the catalogue is refused. */
  readonly isRequired: boolean;
}

/**
 * The columns that Lobate understands. Names: LoTSS DR1 and DR2 `srl`, PyBDSF `srl`/`gaul`, and the spellings of
 * positions in CARTA, SExtractor and VizieR tables. Errors and proper motions (`e_ra`, `pmdec`) are never positions.
 * UCDs: the IVOA UCD1+ list; "smajAxis" is a semi-axis there, so the description says FWHM.
 */
export const CATALOGUE_COLUMNS = {
  name: {
    accepted: ['Source_Name'],
    kind: 'text',
    ucd: 'meta.id;meta.main',
    description: 'Name of the source',
    isRequired: false,
  },
  sourceId: {
    accepted: ['Source_id'],
    kind: 'number',
    ucd: 'meta.id',
    description: 'Number of the source in the PyBDSF run',
    isRequired: false,
  },
  ra: {
    accepted: ['RA', 'RAJ2000', '_RAJ2000', 'RA_ICRS', 'ALPHA_J2000', 'RA_J2000', 'raDeg', 'ra_deg'],
    kind: 'position/deg',
    ucd: 'pos.eq.ra;meta.main',
    description: 'Right ascension, ICRS',
    isRequired: true,
  },
  dec: {
    accepted: [
      'DEC',
      'DEJ2000',
      'DECJ2000',
      '_DEJ2000',
      'DE_ICRS',
      'DEC_ICRS',
      'DELTA_J2000',
      'DEC_J2000',
      'decDeg',
      'dec_deg',
    ],
    kind: 'position/deg',
    ucd: 'pos.eq.dec;meta.main',
    description: 'Declination, ICRS',
    isRequired: true,
  },
  galacticLongitude: {
    accepted: ['GLON', '_Glon', 'gal_lon'],
    kind: 'position/deg',
    ucd: 'pos.galactic.lon',
    description: 'Galactic longitude, for catalogues without RA',
    isRequired: false,
  },
  galacticLatitude: {
    accepted: ['GLAT', '_Glat', 'gal_lat'],
    kind: 'position/deg',
    ucd: 'pos.galactic.lat',
    description: 'Galactic latitude, for catalogues without DEC',
    isRequired: false,
  },
  maj: {
    accepted: ['Maj'],
    kind: 'size/arcsec',
    ucd: 'phys.angSize.smajAxis;stat.fwhm',
    description: 'Major axis, FWHM',
    isRequired: true,
  },
  min: {
    accepted: ['Min'],
    kind: 'size/arcsec',
    ucd: 'phys.angSize.sminAxis;stat.fwhm',
    description: 'Minor axis, FWHM',
    isRequired: true,
  },
  pa: {
    accepted: ['PA'],
    kind: 'angle/deg',
    ucd: 'pos.posAng',
    description: 'Position angle of the major axis, north through east',
    isRequired: false,
  },
  totalFlux: {
    accepted: ['Total_flux'],
    kind: 'flux/mJy',
    ucd: 'phot.flux.density;em.radio.100-200MHz',
    description: 'Integrated flux density',
    isRequired: true,
  },
  peakFlux: {
    accepted: ['Peak_flux'],
    kind: 'brightness/mJy per beam',
    ucd: 'phot.flux.density;stat.max;em.radio.100-200MHz',
    description: 'Peak brightness',
    isRequired: true,
  },
  islandRms: {
    accepted: ['Isl_rms'],
    kind: 'brightness/mJy per beam',
    ucd: 'stat.rms;phot.flux.density',
    description: 'Noise around the island',
    isRequired: false,
  },
  sCode: {
    accepted: ['S_Code'],
    kind: 'text',
    ucd: 'meta.code.class',
    description: 'S single Gaussian, C single in a shared island, M several Gaussians',
    isRequired: false,
  },
  mosaicId: {
    accepted: ['Mosaic_ID'],
    kind: 'text',
    ucd: 'meta.id;obs.field',
    description: 'Mosaic in which the source was found',
    isRequired: false,
  },
  lr: {
    accepted: ['lr'],
    kind: 'number',
    ucd: 'stat.likelihood',
    description: 'Likelihood ratio of the best optical match',
    isRequired: false,
  },
  lrDist: {
    accepted: ['lr_dist'],
    kind: 'size/arcsec',
    ucd: 'pos.angDistance',
    description: 'Distance to the best optical match',
    isRequired: false,
  },
  gaussianCount: {
    accepted: ['n_gauss', 'Ng'],
    kind: 'number',
    ucd: 'meta.number',
    description: 'Number of Gaussians',
    isRequired: false,
  },
  gaussianMaj: {
    accepted: ['gauss_maj'],
    kind: 'size/arcsec',
    ucd: 'phys.angSize.smajAxis;stat.fwhm',
    description: 'Major axis of the Gaussian that counts, FWHM',
    isRequired: false,
  },
  gaussianMin: {
    accepted: ['gauss_min'],
    kind: 'size/arcsec',
    ucd: 'phys.angSize.sminAxis;stat.fwhm',
    description: 'Minor axis of the Gaussian that counts, FWHM',
    isRequired: false,
  },
  gaussianTotalFlux: {
    accepted: ['gauss_total_flux'],
    kind: 'flux/mJy',
    ucd: 'phot.flux.density;em.radio.100-200MHz',
    description: 'Integrated flux density of the Gaussian that counts',
    isRequired: false,
  },
  gaussianLr: {
    accepted: ['gauss_lr'],
    kind: 'number',
    ucd: 'stat.likelihood',
    description: 'Likelihood ratio of the Gaussian that counts',
    isRequired: false,
  },
  gaussianLrDist: {
    accepted: ['gauss_lr_dist'],
    kind: 'size/arcsec',
    ucd: 'pos.angDistance',
    description: 'Distance of the optical match of the Gaussian that counts',
    isRequired: false,
  },
  raError: {
    accepted: ['E_RA', 'e_RAJ2000', 'e_RA_ICRS'],
    kind: 'size/arcsec',
    ucd: 'stat.error;pos.eq.ra',
    description: 'Error of RA',
    isRequired: false,
  },
  decError: {
    accepted: ['E_DEC', 'e_DEJ2000', 'e_DE_ICRS'],
    kind: 'size/arcsec',
    ucd: 'stat.error;pos.eq.dec',
    description: 'Error of DEC',
    isRequired: false,
  },
  majError: {
    accepted: ['E_Maj'],
    kind: 'size/arcsec',
    ucd: 'stat.error;phys.angSize.smajAxis',
    description: 'Error of Maj',
    isRequired: false,
  },
  minError: {
    accepted: ['E_Min'],
    kind: 'size/arcsec',
    ucd: 'stat.error;phys.angSize.sminAxis',
    description: 'Error of Min',
    isRequired: false,
  },
  paError: {
    accepted: ['E_PA'],
    kind: 'angle/deg',
    ucd: 'stat.error;pos.posAng',
    description: 'Error of PA',
    isRequired: false,
  },
  totalFluxError: {
    accepted: ['E_Total_flux'],
    kind: 'flux/mJy',
    ucd: 'stat.error;phot.flux.density',
    description: 'Error of Total_flux',
    isRequired: false,
  },
  peakFluxError: {
    accepted: ['E_Peak_flux'],
    kind: 'brightness/mJy per beam',
    ucd: 'stat.error;phot.flux.density',
    description: 'Error of Peak_flux',
    isRequired: false,
  },
  largeOptical: {
    accepted: ['large_optical', '2MASX'],
    kind: 'number',
    ucd: 'meta.code',
    description: 'Not 0 where the source is matched to a large optical galaxy',
    isRequired: false,
  },
} as const satisfies Readonly<Record<string, ColumnDefinition>>;

export type CatalogueColumn = keyof typeof CATALOGUE_COLUMNS;
