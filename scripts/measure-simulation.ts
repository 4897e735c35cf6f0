/**
 * Measures simulated fields: how many rows of which kind, how their distributions compare with real rows, and how well
 * each single feature tells MC from S (the sky is too easy where one reaches an ROC AUC of 0.90).
 *
 *   node scripts/measure-simulation.ts FOLDER… [--real CATALOGUE.fits]
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rocAuc } from '../src/core/evaluation/roc.ts';
import { computeFeatures } from '../src/core/features/compute-features.ts';
import type { FeatureTable } from '../src/core/features/feature-table.ts';
import { PUBLISHED_FEATURES } from '../src/core/features/presets.ts';
import { loadCatalogue } from '../src/services/catalogue-files/load-catalogue.ts';
import type { LoadedCatalogue } from '../src/services/catalogue-files/load-catalogue.ts';
import { loadLabels } from '../src/services/catalogue-files/load-labels.ts';
import { openMosaic } from '../src/services/fits-files/mosaic.ts';

/** One MC-or-S row outside SISG, with its features. */
interface LabelledRow {
  readonly isMc: 0 | 1;
  readonly features: Float64Array;
}

interface Distributions {
  rows: number;
  sisg: number;
  multiGaussian: number;
  near45: number;
  readonly majArcsec: number[];
  readonly totalFluxMjy: number[];
  readonly islandRms: number[];
  readonly nearestArcsec: number[];
}

const emptyDistributions = (): Distributions => ({
  rows: 0,
  sisg: 0,
  multiGaussian: 0,
  near45: 0,
  majArcsec: [],
  totalFluxMjy: [],
  islandRms: [],
  nearestArcsec: [],
});

const PERCENTILES = [1, 5, 25, 50, 75, 95, 99, 99.9];
/** Rows of a mosaic that are read to find how much of it is covered. */
const ROWS_SAMPLED = 60;

function percentiles(values: number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return PERCENTILES.map((p) => {
    const at = (p / 100) * (sorted.length - 1);
    const low = sorted[Math.floor(at)]!;
    return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
  });
}

function addInPlace(sum: Distributions, { catalogue }: LoadedCatalogue, table: FeatureTable): void {
  for (let row = 0; row < catalogue.rowCount; row++) {
    sum.rows++;
    sum.sisg += table.sisg[row]!;
    sum.multiGaussian += catalogue.sCode[row] === 'M' ? 1 : 0;
    sum.near45 += table.neighbours.within45[row]! > 0 ? 1 : 0;
    sum.majArcsec.push(catalogue.majArcsec[row]!);
    sum.totalFluxMjy.push(catalogue.totalFluxMjy[row]!);
    sum.islandRms.push(catalogue.islandRmsMjyPerBeam[row]!);
    sum.nearestArcsec.push(table.neighbours.distanceArcsec[row * table.neighbours.perRow]!);
  }
}

/** Area with data [deg²], from evenly spaced rows of the mosaic. */
async function coveredDeg2(path: string): Promise<number> {
  const mosaic = await openMosaic(path);
  try {
    const { widthPix, heightPix } = mosaic.image;
    let finite = 0;
    for (let i = 0; i < ROWS_SAMPLED; i++) {
      const y = Math.floor(((i + 0.5) * heightPix) / ROWS_SAMPLED);
      const pixels = await mosaic.readPixels({ x: 0, y, width: widthPix, height: 1 });
      for (const value of pixels) if (!Number.isNaN(value)) finite++;
    }
    return (finite / ROWS_SAMPLED) * heightPix * (mosaic.wcs.pixelScaleArcsec / 3600) ** 2;
  } finally {
    await mosaic.close();
  }
}

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

function printDistributions(title: string, sum: Distributions): void {
  console.log(`${title}: ${sum.rows} rows`);
  console.log(`  SISG ${share(sum.sisg, sum.rows)}, S_Code M ${share(sum.multiGaussian, sum.rows)}`);
  console.log(`  with a neighbour within 45″ ${share(sum.near45, sum.rows)}`);
  for (const threshold of [15, 20, 30, 60]) {
    const larger = sum.majArcsec.filter((maj) => maj > threshold).length;
    console.log(`  Maj > ${threshold}″ ${share(larger, sum.rows)}`);
  }
  const line = (name: string, values: number[]): string =>
    `  ${name}: ${percentiles(values)
      .map((value) => value.toPrecision(3))
      .join('  ')}`;
  console.log(`  percentiles ${PERCENTILES.join('  ')}`);
  console.log(line('Maj [arcsec]', sum.majArcsec));
  console.log(line('Total_flux [mJy]', sum.totalFluxMjy));
  console.log(line('Isl_rms [mJy/beam]', sum.islandRms));
  console.log(line('nearest neighbour [arcsec]', sum.nearestArcsec));
}

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { real: { type: 'string' } },
});

const simulated = emptyDistributions();
const labelled: LabelledRow[] = [];
const counts = { MC: 0, S: 0, artefact: 0, unlabelled: 0 };
let [blends, mcSisg, areaDeg2] = [0, 0, 0];
const associations = new Set<string>();
let names: readonly string[] = [];

for (const folder of folders) {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.srl.fits')).sort()) {
    const field = join(folder, basename(file, '.srl.fits'));
    const loaded = await loadCatalogue({ catalogue: `${field}.srl.fits`, gaussians: `${field}.gaul.fits` });
    const table = computeFeatures(loaded.catalogue, loaded, PUBLISHED_FEATURES);
    const labels = await loadLabels(`${field}.components.fits`, loaded.catalogue.name, loaded.catalogue);
    names = table.names;
    addInPlace(simulated, loaded, table);
    areaDeg2 += await coveredDeg2(`${field}-mosaic.fits`);
    labels.labelClass.forEach((label, row) => {
      counts[label]++;
      blends += labels.isBlend[row]!;
      if (label !== 'MC' && label !== 'S') return;
      if (label === 'MC') {
        associations.add(labels.physicalSource[row]!);
        mcSisg += table.sisg[row]!;
      }
      if (table.sisg[row] === 1) return;
      const features = table.values.subarray(row * names.length, (row + 1) * names.length);
      labelled.push({ isMc: label === 'MC' ? 1 : 0, features });
    });
  }
}

if (simulated.rows > 0) {
  printDistributions('Simulated', simulated);
  console.log(`  ${(simulated.rows / areaDeg2).toFixed(0)} rows per deg² over ${areaDeg2.toFixed(1)} deg²`);
  console.log(
    `  MC ${counts.MC} (${share(counts.MC, simulated.rows)}) in ${associations.size} associations, ` +
      `${mcSisg} of them SISG; artefacts ${share(counts.artefact, simulated.rows)}, blends ${share(blends, simulated.rows)}`,
  );
  const isMc = Uint8Array.from(labelled, (row) => row.isMc);
  console.log(`ROC AUC of single features, MC against S, ${labelled.length} non-SISG rows (either direction):`);
  const aucs = names.map((name, j) => {
    const auc = rocAuc(
      isMc,
      Float64Array.from(labelled, (row) => row.features[j]!),
    );
    return { name, auc: auc.defined ? Math.max(auc.value, 1 - auc.value) : Number.NaN };
  });
  for (const { name, auc } of aucs.sort((a, b) => b.auc - a.auc)) console.log(`  ${auc.toFixed(3)} ${name}`);
}

if (options.real !== undefined) {
  const loaded = await loadCatalogue({ catalogue: options.real });
  const real = emptyDistributions();
  addInPlace(real, loaded, computeFeatures(loaded.catalogue, loaded, PUBLISHED_FEATURES));
  printDistributions('Real', real);
}
