import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { env, platform } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder that the program itself lies in. */
export const programFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where models are looked for, strongest first: the user's own, then those that ship with the program. */
export function modelFolders(): readonly string[] {
  return [join(dataFolder(), 'models'), join(programFolder, 'models')];
}

/** The user's own data: installed models. Follows each system's convention. */
export function dataFolder(): string {
  if (env['LOBATE_DATA'] !== undefined) return env['LOBATE_DATA'];
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Lobate');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Lobate');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'lobate');
}

/** What can be made again: the demo field, projects of folders that cannot be written. */
export function cacheFolder(): string {
  if (env['LOBATE_CACHE'] !== undefined) return env['LOBATE_CACHE'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Lobate', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Lobate');
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'lobate');
}
