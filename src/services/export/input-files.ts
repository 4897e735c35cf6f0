import { basename } from 'node:path';
import type { InputFile, InputRole } from '../../core/classification/provenance.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import { fingerprintOf } from '../project-store/fingerprint.ts';

/**
 * What identifies the files of a field: mosaics in their order, then the catalogues, then the labels.
 * @throws DomainFailure file-not-found, file-unreadable
 */
export async function inputFilesOf(files: FieldFiles, labels?: string): Promise<readonly InputFile[]> {
  const { mosaics, catalogue, gaussians, lr } = files;
  const given: (readonly [InputRole, string | undefined])[] = [
    ...mosaics.map((path) => ['mosaic', path] as const),
    ['catalogue', catalogue],
    ['gaussians', gaussians],
    ['lr', lr],
    ['labels', labels],
  ];
  const inputs: InputFile[] = [];
  for (const [role, path] of given) {
    if (path === undefined) continue;
    const { sizeBytes, fingerprint } = await fingerprintOf((await resolveFitsPath(path)).path);
    inputs.push({ role, name: basename(path), sizeBytes, fingerprint });
  }
  return inputs;
}
