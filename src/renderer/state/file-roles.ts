import { splitFitsPath } from '../../core/fits/hdu.ts';

/** What a chosen file is to the field. */
export type FileRole = 'mosaic' | 'catalogue' | 'gaussians' | 'lr' | 'project';

/** Names by which PyBDSF, LoTSS and the likelihood-ratio code call their tables. */
const GAUSSIANS = /[._-](gaul|gaus)([._-]|\.fits)/i;
const SOURCES = /[._-]srl([._-]|\.fits)|[._-]pybdsf_srl/i;
const LIKELIHOOD = /(^|[._-])lr([._-]|s?\.fits|s?\.csv)|likelihood/i;
/** Truth and match tables that PyBDSF-like names may carry; a table, not a picture. */
const OTHER_TABLE = /(components?|associations?|catalog(ue)?|features)[._-]|\.cat\./i;

/** The role that a file's name suggests; the astronomer can change it. */
export function roleOf(name: string, kind: 'fits' | 'table' | 'project'): FileRole {
  if (kind === 'project') return 'project';
  if (GAUSSIANS.test(name)) return 'gaussians';
  if (SOURCES.test(name)) return 'catalogue';
  if (LIKELIHOOD.test(name)) return 'lr';
  if (kind === 'table' || OTHER_TABLE.test(name)) return 'catalogue';
  return 'mosaic';
}

export interface Choice {
  readonly mosaics: readonly string[];
  readonly catalogue: string | undefined;
  readonly gaussians: string | undefined;
  readonly lr: string | undefined;
}

export const NO_CHOICE: Choice = { mosaics: [], catalogue: undefined, gaussians: undefined, lr: undefined };

/** The file of a path that names one of its planes (`cube.fits[0][plane=3]`). */
export const fileOf = (path: string): string => splitFitsPath(path).path;

/** Another plane of a mosaic that is chosen already. */
export function withPlane(choice: Choice, path: string, next: string): Choice {
  return { ...choice, mosaics: choice.mosaics.map((mosaic) => (mosaic === path ? next : mosaic)) };
}

/** Adds the file in its role, or takes it out where it has that role already. */
export function toggled(choice: Choice, path: string, role: Exclude<FileRole, 'project'>): Choice {
  if (role === 'mosaic') {
    const others = choice.mosaics.filter((other) => !isOf(path, other));
    return { ...choice, mosaics: others.length < choice.mosaics.length ? others : [...others, path] };
  }
  return { ...choice, [role]: choice[role] === path ? undefined : path };
}

/** Whether a chosen mosaic is that file, or one of its planes. */
const isOf = (path: string, mosaic: string): boolean => mosaic === path || fileOf(mosaic) === path;

/** The role that a file has in the choice. */
export function chosenRole(choice: Choice, path: string): Exclude<FileRole, 'project'> | undefined {
  if (choice.mosaics.some((mosaic) => isOf(path, mosaic))) return 'mosaic';
  if (choice.catalogue === path) return 'catalogue';
  if (choice.gaussians === path) return 'gaussians';
  return choice.lr === path ? 'lr' : undefined;
}

/** The choice without the file, whatever its role was. */
export function without(choice: Choice, path: string): Choice {
  const role = chosenRole(choice, path);
  return role === undefined ? choice : toggled(choice, path, role);
}
