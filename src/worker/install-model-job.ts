import type { InstallModelJob } from '../contract/install-model-job.ts';
import { importOnnx } from '../services/model-import/import-onnx.ts';
import { importArchive } from '../services/model-import/model-archive.ts';
import { listModels } from '../services/model-store/load-model.ts';

/** @returns the id of the new model */
export async function runInstallModelJob(job: InstallModelJob): Promise<string> {
  const { path, modelFolders, onnx, softwareVersion, createdAt } = job;
  const [modelFolder] = modelFolders;
  const models = await listModels(modelFolders);
  if (onnx === undefined) return (await importArchive(path, modelFolder, models)).description.id;
  return (await importOnnx({ onnxPath: path, ...onnx, modelFolder, models, softwareVersion, createdAt })).id;
}
