import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { OnnxFacts } from '../../contract/models.ts';
import { MODEL_EXTENSION } from '../../contract/models.ts';
import { recipeOf } from '../../core/network/presets.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { exportModel } from '../../services/model-import/model-archive.ts';
import { askWorker } from '../workers/ask-worker.ts';
import type { EngineServices } from '../engine-services.ts';
import type { FolderFence } from '../files/folder-fence.ts';
import type { StartWorker } from '../workers/worker-link.ts';

export interface ModelShelfOptions {
  readonly services: Pick<EngineServices, 'listModels' | 'modelFolders'>;
  readonly startWorker: StartWorker;
  readonly softwareVersion: string;
  readonly now: () => Date;
}

/** Models that come from other machines, and go to them. */
export class ModelShelf {
  readonly #options: ModelShelfOptions;

  constructor(options: ModelShelfOptions) {
    this.#options = options;
  }

  /**
   * Installs a model beside the user's own, in a worker: its numbers are tried there.
   * @param onnx what an ONNX file does not say; null for a model in one file
   * @returns its id
   * @throws DomainFailure 'path-not-allowed', 'model-invalid', 'argument-invalid' (a model of that id is there)
   */
  async import(path: string, onnx: OnnxFacts | null, fence: Pick<FolderFence, 'resolve'>): Promise<string> {
    const { services, startWorker, softwareVersion, now } = this.#options;
    const { modelFolders } = services;
    if (modelFolders === undefined) {
      const why = 'there is no folder for models of your own';
      throw new DomainFailure({ kind: 'argument-invalid', name: path, why });
    }
    const { modelId } = await askWorker(
      startWorker,
      {
        kind: 'install-model',
        jobId: 0,
        path: await fence.resolve(path),
        modelFolders,
        onnx: onnx === null ? undefined : { ...onnx, recipe: recipeOf(onnx.recipeName) },
        softwareVersion,
        createdAt: now().toISOString(),
      },
      'model-installed',
    );
    return modelId;
  }

  /** Where the file of a model would go: beside the open project, or at home. */
  exportPlace(id: string, projectPath: string | undefined): string {
    return join(projectPath === undefined ? homedir() : dirname(projectPath), `${id}${MODEL_EXTENSION}`);
  }

  /**
   * Writes a model as one file. @returns its path
   * @throws DomainFailure 'model-not-found', 'path-not-allowed', 'argument-invalid' (another ending), 'file-unwritable'
   */
  async export(id: string, path: string, fence: Pick<FolderFence, 'resolve'>): Promise<string> {
    const models = await this.#options.services.listModels();
    const model = models.find(({ description }) => description.id === id);
    if (model === undefined) {
      const available = models.map(({ description }) => description.id);
      throw new DomainFailure({ kind: 'model-not-found', id, available });
    }
    if (extname(path) !== MODEL_EXTENSION) {
      const why = `the file must end in ${MODEL_EXTENSION}`;
      throw new DomainFailure({ kind: 'argument-invalid', name: basename(path), why });
    }
    const place = join(await fence.resolve(dirname(resolve(path))), basename(path));
    await exportModel(model, place);
    return place;
  }
}
