import type { FieldFiles } from '../../contract/field-files.ts';
import type { GaussianShapes } from '../../core/catalogue/gaussian-shapes.ts';
import type { JoinReport } from '../../core/catalogue/join-report.ts';
import type { GaussianSummary, LikelihoodRatios, SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import { featureSteps } from '../../core/features/compute-features.ts';
import type { FeatureRecipe } from '../../core/features/feature-recipe.ts';
import type { Duplicate } from '../../core/features/duplicates.ts';
import { duplicatesByRow, findDuplicates } from '../../core/features/duplicates.ts';
import type { FeatureTable } from '../../core/features/feature-table.ts';
import type { Notice } from '../../core/result/notice.ts';
import type { OpeningOptions } from './opening-steps.ts';
import { inSteps, neighboursOf } from './opening-steps.ts';
import { loadCatalogue } from '../catalogue-files/load-catalogue.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { closeMosaics, openMosaics } from '../fits-files/open-mosaics.ts';

/** A field, read and understood: everything a classification needs but the network. */
export interface Field {
  readonly files: FieldFiles;
  readonly mosaics: readonly Mosaic[];
  /** What each mosaic is called in results: as the catalogue's `Mosaic_ID` calls it, where it does. */
  readonly mosaicNames: readonly string[];
  readonly catalogue: SourceCatalogue;
  readonly features: FeatureTable;
  readonly gaussians: GaussianSummary;
  /** Undefined where no Gaussian catalogue with positions was given. */
  readonly gaussianShapes: GaussianShapes | undefined;
  readonly likelihood: LikelihoodRatios;
  readonly hasGaussians: boolean;
  readonly hasLikelihoodRatios: boolean;
  /** What joined of each file beside the catalogue. */
  readonly joins: readonly JoinReport[];
  /** Pairs of rows that describe one source. */
  readonly duplicates: readonly Duplicate[];
  /** The same for each row that has any: the other rows, the nearest first. */
  readonly duplicatesOf: ReadonlyMap<number, readonly number[]>;
  /** What was found in the files; the warnings should be read before trusting a run. */
  readonly notices: readonly Notice[];
  close(): Promise<void>;
}

/** How a field is opened. */
export interface FieldOptions extends OpeningOptions {
  /** Those of the files, where they are open already; whoever opened them closes them. */
  readonly mosaics?: readonly Mosaic[] | undefined;
}

/**
 * Opens the mosaics, reads the catalogue and computes its features.
 * @throws DomainFailure naming the first file that cannot be used, or 'cancelled'; nothing stays open then
 */
export async function openField(files: FieldFiles, recipe: FeatureRecipe, options: FieldOptions = {}): Promise<Field> {
  const mosaics = options.mosaics ?? (await openMosaics(files.mosaics));
  const close = async (): Promise<void> => {
    if (options.mosaics === undefined) await closeMosaics(mosaics);
  };
  try {
    const loaded = await loadCatalogue(files, { units: files.units, columnMap: files.columnMap }, options.signal);
    const { catalogue, gaussians, likelihood } = loaded;
    const neighbours = await neighboursOf(catalogue, options);
    const features = await inSteps(
      featureSteps(catalogue, { gaussians, likelihood }, recipe, neighbours),
      'Computing features',
      options,
    );
    const duplicates = findDuplicates(catalogue, features.neighbours);
    const idsInUse = new Set(catalogue.mosaicId);
    return {
      files,
      mosaics,
      mosaicNames: mosaics.map((mosaic) => mosaic.names.find((name) => idsInUse.has(name)) ?? mosaic.name),
      catalogue,
      features,
      gaussians,
      gaussianShapes: loaded.gaussianShapes,
      likelihood,
      hasGaussians: loaded.hasGaussians,
      hasLikelihoodRatios: loaded.hasLikelihoodRatios,
      joins: loaded.joins,
      duplicates,
      duplicatesOf: duplicatesByRow(duplicates),
      notices: [...mosaicNotices(mosaics), ...loaded.notices, ...duplicateNotices(catalogue, duplicates)],
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** The warnings of the mosaics, each once, with the mosaic it is about and how many more there are. */
function mosaicNotices(mosaics: readonly Mosaic[]): readonly Notice[] {
  const named = new Map<string, string[]>();
  for (const { name, warnings } of mosaics) {
    for (const warning of warnings) named.set(warning, [...(named.get(warning) ?? []), name]);
  }
  return [...named].map(([warning, names]) => {
    const more = names.length === 1 ? '' : ` and ${names.length - 1} more`;
    return { level: 'warning', message: `${names[0]!}${more}: ${warning}` };
  });
}

function duplicateNotices(catalogue: SourceCatalogue, duplicates: readonly Duplicate[]): readonly Notice[] {
  const { name, mosaicId } = catalogue;
  const inMosaics = duplicates.filter(({ kind }) => kind === 'mosaics');
  const inCatalogue = duplicates.filter(({ kind }) => kind === 'catalogue');
  const pairs = (count: number): string => (count === 1 ? '1 pair of rows is' : `${count} pairs of rows are`);
  const said: string[] = [];
  const [first] = inMosaics;
  if (first !== undefined) {
    const { row, other } = first;
    said.push(
      `${pairs(inMosaics.length)} one source each, found in two overlapping mosaics: ${name[row]!} of ` +
        `${mosaicId[row]!} and ${name[other]!} of ${mosaicId[other]!}` +
        `${inMosaics.length > 1 ? ', and so on' : ''}. Each counts as a neighbour of the other; duplicate_of names it.`,
    );
  }
  const [again] = inCatalogue;
  if (again !== undefined) {
    said.push(
      `${pairs(inCatalogue.length)} the same source twice in the catalogue: rows ${again.row} and ${again.other} ` +
        `(${name[again.row]!})${inCatalogue.length > 1 ? ', and so on' : ''}. Each counts as a neighbour of the other; ` +
        'duplicate_of names it.',
    );
  }
  return said.map((message) => ({ level: 'warning', message }));
}
