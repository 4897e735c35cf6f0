import { stat } from 'node:fs/promises';
import type { FitsPath } from '../../core/fits/hdu.ts';
import { splitFitsPath } from '../../core/fits/hdu.ts';

/** Path and selector of what the user gave. A file whose own name ends in brackets is found by its name first. */
export async function resolveFitsPath(givenPath: string): Promise<FitsPath> {
  const split = splitFitsPath(givenPath);
  if (split.path === givenPath) return split;
  const exists = await stat(givenPath).then(
    () => true,
    () => false,
  );
  return exists ? { path: givenPath, selector: undefined } : split;
}

/** What was given, with `change` made to the path of its file; the selector (`[1]`, `[NAME]`, `[plane=2]`) stays behind it. */
export async function changeFilePart(
  givenPath: string,
  change: (filePath: string) => Promise<string>,
): Promise<string> {
  const { path } = await resolveFitsPath(givenPath);
  return (await change(path)) + selectorText(givenPath, path);
}

/** The selector as it was given; empty where there is none. */
export const selectorText = (givenPath: string, filePath: string): string => givenPath.slice(filePath.length);
