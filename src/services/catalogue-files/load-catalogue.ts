import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  CatalogueNotice,
  GaussianSummary,
  LikelihoodRatios,
  SourceCatalogue,
} from '../../core/catalogue/catalogue.ts';
import type { GaussianShapes } from '../../core/catalogue/gaussian-shapes.ts';
import { gaussianShapes } from '../../core/catalogue/gaussian-shapes.ts';
import { toGaussianCatalogue } from '../../core/catalogue/gaussian-catalogue.ts';
import { summariseGaussians } from '../../core/catalogue/gaussians.ts';
import type { JoinReport } from '../../core/catalogue/join-report.ts';
import { joinLikelihood, noLikelihood } from '../../core/catalogue/likelihood.ts';
import type { CatalogueOptions } from '../../core/catalogue/read-catalogue.ts';
import { catalogueSteps } from '../../core/catalogue/read-catalogue.ts';
import type { Table } from '../../core/table/table.ts';
import { readTableApart } from '../table-files/read-table-apart.ts';

/** The files that a catalogue consists of. */
export interface CatalogueFiles {
  readonly catalogue: string;
  /** Gaussian catalogue (`gaul`); may carry `lr`, `lr_dist`. */
  readonly gaussians?: string | undefined;
  /** Likelihood ratios of the sources, where the catalogue has none or others are wanted. */
  readonly lr?: string | undefined;
}

export interface LoadedCatalogue {
  readonly catalogue: SourceCatalogue;
  readonly gaussians: GaussianSummary;
  /** Undefined where no Gaussian catalogue with positions was given. */
  readonly gaussianShapes: GaussianShapes | undefined;
  readonly likelihood: LikelihoodRatios;
  /** Whether Gaussians are known, from a file or from the catalogue's own columns, and not only from S_Code. */
  readonly hasGaussians: boolean;
  readonly hasLikelihoodRatios: boolean;
  /** What joined of each file beside the catalogue. */
  readonly joins: readonly JoinReport[];
  /** Everything that the astronomer should read: of the catalogue, of its Gaussians and of its likelihood ratios. */
  readonly notices: readonly CatalogueNotice[];
}

/**
 * Reads a source catalogue with what belongs to it. A file that is given wins over columns that the catalogue carries.
 * @param signal stops the reading of large files
 * @throws DomainFailure naming the file that cannot be used; 'cancelled'
 */
export async function loadCatalogue(
  files: CatalogueFiles,
  options: CatalogueOptions = {},
  signal?: AbortSignal,
): Promise<LoadedCatalogue> {
  const read = (path: string): Promise<Table> => readTableApart(path, { signal });
  const table = await read(files.catalogue);
  // Each of these takes a while for millions of rows: others have their turn between them.
  await nextTurn();
  const steps = catalogueSteps(table, files.catalogue, options);
  let step = steps.next();
  while (step.done !== true) {
    await nextTurn();
    step = steps.next();
  }
  const catalogue = step.value;
  await nextTurn();
  const gaussianCatalogue =
    files.gaussians === undefined
      ? undefined
      : toGaussianCatalogue(await read(files.gaussians), files.gaussians, options);
  const joined =
    files.lr === undefined ? undefined : joinLikelihood(catalogue, await read(files.lr), files.lr, options);
  const likelihood = joined?.likelihood ?? catalogue.ownLikelihood ?? noLikelihood(catalogue.rowCount);
  const hasLikelihoodRatios = joined !== undefined || catalogue.ownLikelihood !== undefined;
  await nextTurn();
  const { summary, join, notices } = summariseGaussians(catalogue, gaussianCatalogue, likelihood);
  return {
    catalogue,
    gaussians: summary,
    gaussianShapes: gaussianCatalogue === undefined ? undefined : gaussianShapes(catalogue, gaussianCatalogue),
    likelihood,
    hasGaussians: gaussianCatalogue !== undefined || catalogue.ownGaussian !== undefined,
    hasLikelihoodRatios,
    joins: [join, joined?.join].filter((report) => report !== undefined),
    notices: [
      ...catalogue.notices,
      ...(joined?.notices ?? []),
      ...(hasLikelihoodRatios
        ? []
        : [
            {
              level: 'warning' as const,
              message:
                'There are no likelihood ratios: a model that takes them counts every source as without an optical match. ' +
                'Give a table of them (lr, lr_dist), or use a model that takes none.',
            },
          ]),
      ...notices,
    ],
  };
}
