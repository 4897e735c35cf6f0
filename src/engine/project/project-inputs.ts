import { DomainFailure } from '../../core/result/failure.ts';
import type { Notice } from '../../core/result/notice.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import { resolveFitsPath, selectorText } from '../../services/fits-files/fits-path.ts';
import type { FingerprintOptions } from '../../services/project-store/fingerprint.ts';
import { fingerprintsOf } from '../../services/project-store/fingerprint.ts';
import type { InputRole, ProjectInput } from '../../services/project-store/inputs.ts';

/**
 * The files of a field with what identifies them. Reads 3 MiB of each: of hundreds of mosaics, gigabytes.
 * @throws DomainFailure `file-not-found`, `file-unreadable`, `cancelled`
 */
export async function inputsOf(files: FieldFiles, options?: FingerprintOptions): Promise<readonly ProjectInput[]> {
  const named: readonly (readonly [InputRole, string | undefined])[] = [
    ...files.mosaics.map((path) => ['mosaic', path] as const),
    ['catalogue', files.catalogue],
    ['gaussians', files.gaussians],
    ['lr', files.lr],
  ];
  const given = named.flatMap(([role, path]) => (path === undefined ? [] : [{ role, path }]));
  const paths = await Promise.all(given.map(async ({ path }) => (await resolveFitsPath(path)).path));
  const prints = await fingerprintsOf(paths, options);
  // Two HDUs of one file are two inputs: the selector is part of what tells them apart.
  return given.map(({ role, path }, at) => {
    const print = prints[at]!;
    return { role, path, ...print, fingerprint: print.fingerprint + selectorText(path, paths[at]!) };
  });
}

/** What identifies one file, its selector with it. @throws DomainFailure `file-not-found`, `file-unreadable` */
export async function inputFingerprint(path: string): Promise<string> {
  const { path: file } = await resolveFitsPath(path);
  const [print] = await fingerprintsOf([file]);
  return print!.fingerprint + selectorText(path, file);
}

/** @throws DomainFailure `project-invalid` where the project names no catalogue or no mosaic */
export function filesOf(inputs: readonly ProjectInput[], projectPath: string): FieldFiles {
  const pathsOf = (role: InputRole): string[] => inputs.filter((input) => input.role === role).map(({ path }) => path);
  const [catalogue] = pathsOf('catalogue');
  const mosaics = pathsOf('mosaic');
  if (catalogue === undefined || mosaics.length === 0) {
    throw new DomainFailure({ kind: 'project-invalid', path: projectPath, why: 'it names no mosaic or no catalogue' });
  }
  return { mosaics, catalogue, gaussians: pathsOf('gaussians')[0], lr: pathsOf('lr')[0] };
}

/** Files of a project that are not any more what they were. */
export function changesBetween(stored: readonly ProjectInput[], present: readonly ProjectInput[]): readonly Notice[] {
  const before = new Map(stored.map(({ path, fingerprint }) => [path, fingerprint]));
  return present
    .filter(({ path, fingerprint }) => before.has(path) && before.get(path) !== fingerprint)
    .map(({ path }) => ({
      level: 'warning',
      message: `${path}: has changed since this project last used it; earlier runs do not count for it.`,
    }));
}
