import type { Table } from '../table/table.ts';
import type { FinderDialect } from './catalogue.ts';
import type { CatalogueColumn } from './catalogue-columns.ts';

/** Column names and units of a source finder. They hold only in its own tables: `a` or `rms` mean anything elsewhere. */
export interface DialectDefinition {
  readonly id: FinderDialect;
  /** What the finder is called. */
  readonly title: string;
  /** Lists of columns (lower case); a table that has all of one list is the finder's. */
  readonly marks: readonly (readonly string[])[];
  readonly names: Readonly<Partial<Record<CatalogueColumn, readonly string[]>>>;
  /** Units of the finder's columns where the table names none. */
  readonly units: Readonly<Partial<Record<CatalogueColumn, string>>>;
}

/**
 * Aegean: github.com/PaulHancock/Aegean, `AegeanTools/models.py` (ComponentSource): degrees, Jy, FWHM a and b in arcsec.
 * Selavy: the CASDA continuum component catalogue (ASKAPsoft documentation): mJy, arcsec; the prefix `col_` in CASDA.
 * SoFiA 2: its catalogue has sizes in pixels of the image and sums of flux; what it names in other units is read.
 */
export const FINDER_DIALECTS: readonly DialectDefinition[] = [
  {
    id: 'aegean',
    title: 'Aegean',
    marks: [
      ['island', 'source', 'local_rms', 'int_flux'],
      ['island', 'local_rms', 'peak_flux', 'psf_a', 'psf_b'],
    ],
    names: {
      maj: ['a', 'bmaj'],
      min: ['b', 'bmin'],
      pa: ['pa', 'bpa'],
      totalFlux: ['int_flux'],
      peakFlux: ['peak_flux', 'S'],
      islandRms: ['local_rms'],
      raError: ['err_ra'],
      decError: ['err_dec'],
      majError: ['err_a'],
      minError: ['err_b'],
      paError: ['err_pa'],
      totalFluxError: ['err_int_flux'],
      peakFluxError: ['err_peak_flux'],
    },
    units: {
      ra: 'deg',
      dec: 'deg',
      maj: 'arcsec',
      min: 'arcsec',
      pa: 'deg',
      totalFlux: 'Jy',
      peakFlux: 'Jy/beam',
      islandRms: 'Jy/beam',
      raError: 'deg',
      decError: 'deg',
      majError: 'arcsec',
      minError: 'arcsec',
      paError: 'deg',
      totalFluxError: 'Jy',
      peakFluxError: 'Jy/beam',
    },
  },
  {
    id: 'selavy',
    title: 'Selavy',
    marks: [
      ['flux_peak', 'flux_int', 'maj_axis', 'min_axis'],
      ['col_flux_peak', 'col_flux_int', 'col_maj_axis', 'col_min_axis'],
    ],
    names: {
      name: ['component_name', 'col_component_name'],
      ra: ['ra_deg_cont', 'col_ra_deg_cont'],
      dec: ['dec_deg_cont', 'col_dec_deg_cont'],
      maj: ['maj_axis', 'col_maj_axis'],
      min: ['min_axis', 'col_min_axis'],
      pa: ['pos_ang', 'col_pos_ang'],
      totalFlux: ['flux_int', 'col_flux_int'],
      peakFlux: ['flux_peak', 'col_flux_peak'],
      islandRms: ['rms_image', 'col_rms_image'],
      raError: ['ra_err', 'col_ra_err'],
      decError: ['dec_err', 'col_dec_err'],
      majError: ['maj_axis_err', 'col_maj_axis_err'],
      minError: ['min_axis_err', 'col_min_axis_err'],
      paError: ['pos_ang_err', 'col_pos_ang_err'],
      totalFluxError: ['flux_int_err', 'col_flux_int_err'],
      peakFluxError: ['flux_peak_err', 'col_flux_peak_err'],
    },
    units: {
      ra: 'deg',
      dec: 'deg',
      maj: 'arcsec',
      min: 'arcsec',
      pa: 'deg',
      totalFlux: 'mJy',
      peakFlux: 'mJy/beam',
      islandRms: 'mJy/beam',
      raError: 'arcsec',
      decError: 'arcsec',
      majError: 'arcsec',
      minError: 'arcsec',
      paError: 'deg',
      totalFluxError: 'mJy',
      peakFluxError: 'mJy/beam',
    },
  },
  {
    id: 'sofia',
    title: 'SoFiA',
    marks: [['f_sum', 'f_max', 'ell_maj', 'ell_min']],
    names: {
      name: ['name'],
      maj: ['ell_maj'],
      min: ['ell_min'],
      pa: ['ell_pa'],
      totalFlux: ['f_sum'],
      peakFlux: ['f_max'],
      islandRms: ['rms'],
    },
    units: { ra: 'deg', dec: 'deg', maj: 'pix', min: 'pix', pa: 'deg', peakFlux: 'Jy/beam', islandRms: 'Jy/beam' },
  },
];

/** The finder that wrote the table, as its column names tell; undefined for LoTSS, PyBDSF and tables of no finder. */
export function finderDialectOf(table: Table): DialectDefinition | undefined {
  const names = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return FINDER_DIALECTS.find(({ marks }) => marks.some((mark) => mark.every((name) => names.has(name))));
}
