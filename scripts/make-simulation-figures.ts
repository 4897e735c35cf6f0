/**
 * Writes docs/science/figures/simulated-*.svg: histograms of simulated and of real rows, each normalised to its own
 * number of rows.
 *
 *   node scripts/make-simulation-figures.ts SIMULATED_FOLDER DR1_CATALOGUE.fits P21_FEATURES.fits
 */
import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeatureTable } from '../src/core/features/feature-table.ts';
import { computeFeatures } from '../src/core/features/compute-features.ts';
import { PUBLISHED_FEATURES } from '../src/core/features/presets.ts';
import type { LoadedCatalogue } from '../src/services/catalogue-files/load-catalogue.ts';
import { loadCatalogue } from '../src/services/catalogue-files/load-catalogue.ts';

const FOLDER = fileURLToPath(new URL('../docs/science/figures/', import.meta.url));
const PANEL = { width: 300, height: 190, left: 44, bottom: 36, top: 22, right: 8 } as const;
const PANELS_PER_ROW = 2;
const REAL = '#1b1b1b';
const SIMULATED = '#d1601f';

interface Sample {
  readonly majArcsec: number[];
  readonly totalFluxMjy: number[];
  readonly nearestArcsec: number[];
  readonly logLrTlv: number[];
  readonly lrDistArcsec: number[];
  readonly gaussFluxRatio: number[];
  readonly gaussianCount: number[];
  readonly sCode: string[];
  readonly sisg: number[];
}

const emptySample = (): Sample => ({
  majArcsec: [],
  totalFluxMjy: [],
  nearestArcsec: [],
  logLrTlv: [],
  lrDistArcsec: [],
  gaussFluxRatio: [],
  gaussianCount: [],
  sCode: [],
  sisg: [],
});

function addInPlace(sample: Sample, { catalogue, likelihood }: LoadedCatalogue, table: FeatureTable): void {
  const feature = (row: number, name: string): number =>
    table.values[row * table.names.length + table.names.indexOf(name)]!;
  for (let row = 0; row < catalogue.rowCount; row++) {
    sample.majArcsec.push(catalogue.majArcsec[row]!);
    sample.totalFluxMjy.push(catalogue.totalFluxMjy[row]!);
    sample.nearestArcsec.push(table.neighbours.distanceArcsec[row * table.neighbours.perRow]!);
    sample.sCode.push(catalogue.sCode[row]!);
    sample.sisg.push(table.sisg[row]!);
    sample.gaussFluxRatio.push(feature(row, 'gauss_flux_ratio'));
    sample.gaussianCount.push(Math.round(10 ** feature(row, 'log_n_gauss')));
    if (Number.isNaN(likelihood.lr[row]!)) continue;
    sample.logLrTlv.push(feature(row, 'log_lr_tlv'));
    sample.lrDistArcsec.push(feature(row, 'lr_dist'));
  }
}

async function sampleOf(
  files: readonly { readonly catalogue: string; readonly gaussians?: string }[],
): Promise<Sample> {
  const sample = emptySample();
  for (const each of files) {
    const loaded = await loadCatalogue(each);
    addInPlace(sample, loaded, computeFeatures(loaded.catalogue, loaded, PUBLISHED_FEATURES));
  }
  return sample;
}

interface Panel {
  readonly title: string;
  readonly low: number;
  readonly high: number;
  readonly bins: number;
  readonly isLogarithmic: boolean;
  readonly ticks: readonly number[];
  readonly of: (sample: Sample) => readonly number[];
}

const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

/** Share of the values in each bin; what lies outside is counted in the first and the last. */
function histogram(values: readonly number[], { low, high, bins, isLogarithmic }: Panel): number[] {
  const scale = isLogarithmic ? Math.log : (value: number) => value;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const at = Math.floor((bins * (scale(value) - scale(low))) / (scale(high) - scale(low)));
    const bin = Math.min(bins - 1, Math.max(0, at));
    counts[bin] = counts[bin]! + 1 / values.length;
  }
  return counts;
}

const LOWEST_SHARE = 1e-4;

/** Logarithmic in y, from 0.01 % to all rows: the rare rows are the ones that matter. */
function panelSvg(panel: Panel, samples: readonly (readonly [Sample, string])[], x0: number, y0: number): string {
  const { width, height, left, bottom, top, right } = PANEL;
  const scale = panel.isLogarithmic ? Math.log : (value: number) => value;
  const xOf = (value: number): number =>
    x0 + left + ((width - left - right) * (scale(value) - scale(panel.low))) / (scale(panel.high) - scale(panel.low));
  const yOf = (part: number): number =>
    y0 + top + ((height - top - bottom) * Math.log10(Math.max(part, LOWEST_SHARE))) / Math.log10(LOWEST_SHARE);
  const number = (value: number): string => value.toFixed(1);
  const lines = samples.map(([sample, colour]) => {
    const step = (width - left - right) / panel.bins;
    const path = histogram(panel.of(sample), panel)
      .map(
        (part, bin) => `${bin === 0 ? 'M' : 'L'}${number(x0 + left + bin * step)} ${number(yOf(part))}h${number(step)}`,
      )
      .join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.2"/>`;
  });
  const xTicks = panel.ticks.map(
    (tick) =>
      `<path d="M${number(xOf(tick))} ${y0 + height - bottom}v4" stroke="${REAL}"/>` +
      `<text x="${number(xOf(tick))}" y="${y0 + height - bottom + 15}" text-anchor="middle">${String(tick).replace('-', '−')}</text>`,
  );
  const yTicks = [1, 0.1, 0.01, 0.001, 0.0001].map(
    (tick) =>
      `<path d="M${x0 + left} ${number(yOf(tick))}h-4" stroke="${REAL}"/>` +
      `<text x="${x0 + left - 7}" y="${number(yOf(tick) + 3.5)}" text-anchor="end">${tick * 100} %</text>`,
  );
  return [
    `<rect x="${x0 + left}" y="${y0 + top}" width="${width - left - right}" height="${height - top - bottom}" fill="none" stroke="${REAL}"/>`,
    ...lines,
    ...xTicks,
    ...yTicks,
    `<text x="${x0 + (left + width - right) / 2}" y="${y0 + height - 5}" text-anchor="middle">${panel.title}</text>`,
  ].join('\n');
}

async function writeFigure(
  name: string,
  panels: readonly Panel[],
  samples: readonly (readonly [Sample, string, string])[],
): Promise<void> {
  const rows = Math.ceil(panels.length / PANELS_PER_ROW);
  const [width, height] = [PANELS_PER_ROW * PANEL.width, rows * PANEL.height + 18];
  const legend = samples.map(
    ([, colour, title], i) =>
      `<path d="M${PANEL.left + 250 * i} 10h18" stroke="${colour}" stroke-width="1.6"/><text x="${PANEL.left + 24 + 250 * i}" y="14">${title}</text>`,
  );
  const drawn = panels.map((panel, i) =>
    panelSvg(
      panel,
      samples.map(([sample, colour]) => [sample, colour] as const),
      (i % PANELS_PER_ROW) * PANEL.width,
      Math.floor(i / PANELS_PER_ROW) * PANEL.height + 14,
    ),
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="10">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...legend,
    ...drawn,
    '</svg>\n',
  ];
  await writeFile(join(FOLDER, name), svg.join('\n'));
}

const MAJ: Panel = {
  title: 'Maj [arcsec]',
  low: 4,
  high: 150,
  bins: 36,
  isLogarithmic: true,
  ticks: [5, 10, 20, 50, 100],
  of: (s) => s.majArcsec,
};
const FLUX: Panel = {
  title: 'Total_flux [mJy]',
  low: 0.2,
  high: 1000,
  bins: 36,
  isLogarithmic: true,
  ticks: [1, 10, 100],
  of: (s) => s.totalFluxMjy,
};
const NEAREST: Panel = {
  title: 'nearest neighbour [arcsec]',
  low: 0,
  high: 200,
  bins: 40,
  isLogarithmic: false,
  ticks: [0, 45, 100, 150, 200],
  of: (s) => s.nearestArcsec,
};
const CODE: Panel = {
  title: 'S_Code: 1 S, 2 C, 3 M',
  low: 0.5,
  high: 3.5,
  bins: 3,
  isLogarithmic: false,
  ticks: [1, 2, 3],
  of: (s) => s.sCode.map((code) => 'SCM'.indexOf(code) + 1),
};
const LOG_LR: Panel = {
  title: 'log_lr_tlv',
  low: -20,
  high: 4,
  bins: 36,
  isLogarithmic: false,
  ticks: [-20, -15, -10, -5, 0, 4],
  of: (s) => s.logLrTlv,
};
const LR_DIST: Panel = {
  title: 'lr_dist [arcsec]',
  low: 0,
  high: 15,
  bins: 30,
  isLogarithmic: false,
  ticks: [0, 5, 10, 15],
  of: (s) => s.lrDistArcsec,
};
const RATIO: Panel = {
  title: 'gauss_flux_ratio',
  low: 0,
  high: 1.1,
  bins: 22,
  isLogarithmic: false,
  ticks: [0, 0.5, 1],
  of: (s) => s.gaussFluxRatio,
};
const COUNT: Panel = {
  title: 'n_gauss',
  low: 0.5,
  high: 12.5,
  bins: 12,
  isLogarithmic: false,
  ticks: [1, 2, 4, 6, 8, 10, 12],
  of: (s) => s.gaussianCount,
};

const [folder, realCatalogue, p21] = process.argv.slice(2);
if (folder === undefined || realCatalogue === undefined || p21 === undefined) {
  throw new Error('give the folder of simulated fields, the real DR1 catalogue and the P21 feature table');
}
const fields = (await readdir(folder)).filter((name) => name.endsWith('.srl.fits')).sort();
const simulated = await sampleOf(
  fields.map((name) => {
    const field = join(folder, basename(name, '.srl.fits'));
    return { catalogue: `${field}.srl.fits`, gaussians: `${field}.gaul.fits` };
  }),
);
const real = await sampleOf([{ catalogue: realCatalogue }]);
const pointing = await sampleOf([{ catalogue: p21 }]);
const legend = (title: string, { sisg }: Sample): string =>
  `${title}: ${sisg.length} rows, SISG ${(100 * share(sisg, (flag) => flag === 1)).toFixed(1)} %`;
await writeFigure(
  'simulated-catalogue.svg',
  [MAJ, FLUX, NEAREST, CODE],
  [
    [real, REAL, legend('real (DR1)', real)],
    [simulated, SIMULATED, legend('simulated', simulated)],
  ],
);
await writeFigure(
  'simulated-likelihood.svg',
  [LOG_LR, LR_DIST, RATIO, COUNT],
  [
    [pointing, REAL, `real (DR2 pointing P21): ${pointing.sisg.length} rows`],
    [simulated, SIMULATED, `simulated: ${simulated.sisg.length} rows`],
  ],
);
