import { columnReportOfFile } from '../services/catalogue-files/column-report.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { presentProviders } from '../services/device/providers.ts';
import { assignMosaics } from '../services/inference/assign-mosaics.ts';
import { openMosaics } from '../services/fits-files/open-mosaics.ts';
import { openField } from '../services/inference/open-field.ts';
import { cutoutOf } from '../services/inference/source-cutout.ts';
import { windowOf } from '../services/inference/wider-window.ts';
import { defaultModelOf, listModels } from '../services/model-store/load-model.ts';
import { promotedModels, promoteModel, rollBackModel } from '../services/model-store/preferred-model.ts';
import type { LevelThreads } from '../services/tiles/level-threads.ts';
import { levelThreads } from '../services/tiles/level-threads.ts';
import { createTileService } from '../services/tiles/tile-service.ts';
import type { EngineServices } from './engine-services.ts';
import { inputsOf } from './project/project-inputs.ts';

/** Finished tiles kept in memory: two screens of about 24, a MiB each. With the kept levels 180 MB at most. */
const TILE_CACHE_BYTES = 48 * 1024 * 1024;

/** The real services. This is the one place where the engine says which they are. */
export function realServices(options: {
  readonly cacheFolder: string;
  readonly modelFolders: readonly string[];
}): EngineServices {
  const [own, ...others] = options.modelFolders;
  /** Of the field that will be opened next. */
  let expected: LevelThreads | undefined;
  return {
    openMosaics,
    openField,
    assignMosaics,
    cutoutOf,
    windowOf,
    columnReport: columnReportOfFile,
    async listModels() {
      const models = await listModels(options.modelFolders);
      const first = defaultModelOf(models, own === undefined ? [] : await promotedModels(own));
      return first === undefined ? [] : [first, ...models.filter((model) => model !== first)];
    },
    presentProviders,
    adapterText,
    modelFolders: own === undefined ? undefined : [own, ...others],
    promotedModels: () => (own === undefined ? Promise.resolve([]) : promotedModels(own)),
    async promoteModel(id) {
      if (own !== undefined) await promoteModel(own, id);
    },
    async rollBackModel() {
      if (own !== undefined) await rollBackModel(own);
    },
    inputsOf,
    expectField() {
      expected ??= levelThreads();
      expected?.start();
    },
    createTileService(mosaics) {
      const threads = mosaics.length === 0 ? undefined : (expected ?? levelThreads());
      if (threads === expected) expected = undefined;
      return createTileService({ mosaics, threads, cacheBytes: TILE_CACHE_BYTES });
    },
    async ensureDemoField(onProgress, signal) {
      // The simulation is loaded for the demo only: those who open their own data never need it.
      const { ensureDemoField } = await import('../services/simulation/demo-field.ts');
      const { mosaic, catalogue, gaussians } = await ensureDemoField(options.cacheFolder, onProgress, signal);
      return { mosaics: [mosaic], catalogue, gaussians };
    },
  };
}
