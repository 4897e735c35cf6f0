import type { ColumnReading, ColumnReport } from '../contract/column-report.ts';
import type { CutoutRecipe } from '../core/cutout/cutout-recipe.ts';
import type { FeatureRecipe } from '../core/features/feature-recipe.ts';
import type { SourceCatalogue } from '../core/catalogue/catalogue.ts';
import type { SkyPosition } from '../core/sky/position.ts';
import type { Mosaic } from '../services/fits-files/mosaic.ts';
import type { MosaicAssignment } from '../services/inference/assign-mosaics.ts';
import type { FieldFiles } from '../contract/field-files.ts';
import type { Field, FieldOptions } from '../services/inference/open-field.ts';
import type { OpeningOptions } from '../services/inference/opening-steps.ts';
import type { SourceCutout } from '../services/inference/source-cutout.ts';
import type { WiderWindow } from '../services/inference/wider-window.ts';
import type { ListedModel } from '../services/model-store/load-model.ts';
import type { ProviderName } from '../contract/device-schemas.ts';
import type { FingerprintOptions } from '../services/project-store/fingerprint.ts';
import type { ProjectInput } from '../services/project-store/inputs.ts';
import type { TileService } from '../services/tiles/tile-service-types.ts';

/** What the engine needs of the services. `wiring.ts` gives the real ones, a test its own. */
export interface EngineServices {
  openMosaics(paths: readonly string[]): Promise<readonly Mosaic[]>;
  openField(files: FieldFiles, recipe: FeatureRecipe, options?: FieldOptions): Promise<Field>;
  assignMosaics(
    catalogue: SourceCatalogue,
    mosaics: readonly Mosaic[],
    options?: OpeningOptions,
  ): Promise<MosaicAssignment>;
  cutoutOf(mosaic: Mosaic, position: SkyPosition, recipe: CutoutRecipe): Promise<SourceCutout | undefined>;
  windowOf(mosaic: Mosaic, position: SkyPosition, sidePix: number): Promise<WiderWindow | undefined>;
  columnReport(cataloguePath: string, reading: ColumnReading): Promise<ColumnReport>;
  /** Usable models, the default one first. */
  listModels(): Promise<readonly ListedModel[]>;
  /** Devices that onnxruntime could load here, best first. */
  presentProviders(): readonly ProviderName[];
  /** Graphics adapter and driver, or the processor, as the system names it. */
  adapterText(provider: ProviderName): Promise<string>;
  /** Where models are, the user's own first; undefined where the host has no such folder. */
  readonly modelFolders: readonly [own: string, ...others: string[]] | undefined;
  /** Ids of models that were made the default, oldest first. */
  promotedModels(): Promise<readonly string[]>;
  promoteModel(id: string): Promise<void>;
  /** Takes the last promotion back. */
  rollBackModel(): Promise<void>;
  /** The files with what identifies them, for which samples of each are read. */
  inputsOf(files: FieldFiles, options: FingerprintOptions): Promise<readonly ProjectInput[]>;
  /** Makes ready for the tiles of a field that is about to be opened. */
  expectField(): void;
  createTileService(mosaics: readonly Mosaic[]): Promise<TileService>;
  /** Simulates the demo field where the cache does not have it. @throws DomainFailure 'cancelled' */
  ensureDemoField(onProgress: (fraction: number, label: string) => void, signal: AbortSignal): Promise<FieldFiles>;
}
