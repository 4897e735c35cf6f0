import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, matchesGlob, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** What the installers would hold, by their configuration alone. tests/e2e/desktop packs and starts it. */
const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const config = parse(read('electron-builder.yml')) as {
  readonly files: readonly string[];
  readonly asarUnpack: readonly string[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly fileAssociations: readonly { readonly ext: string | readonly string[] }[];
  readonly linux: { readonly target: readonly string[] };
  readonly mac: { readonly target: string };
  readonly win: { readonly target: string };
};
const manifest = JSON.parse(read('package.json')) as {
  readonly main: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** Whether a file of the project would be in the archive for this machine. */
function isPacked(path: string): boolean {
  const patterns = config.files.map((pattern) =>
    pattern.replaceAll('${platform}', process.platform).replaceAll('${arch}', process.arch),
  );
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  const isGiven = path.startsWith('node_modules/') || included.some((pattern) => matchesGlob(path, pattern));
  return isGiven && !excluded.some((pattern) => matchesGlob(path, pattern));
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));

/** Packages that the processes of the desktop program import by name. */
function importedPackages(): string[] {
  const names = new Set<string>();
  for (const folder of ['main', 'preload', 'engine', 'worker', 'services', 'contract', 'core']) {
    for (const file of sourcesIn(join('src', folder))) {
      const code = read(file).replaceAll(/^(?:import|export) type [^;]*;/gm, '');
      for (const [, from] of code.matchAll(/(?:\bfrom |\bimport |\bimport\()'([^'.][^'\n]*)'/g)) {
        names.add(from!.split('/', from!.startsWith('@') ? 2 : 1).join('/'));
      }
    }
  }
  return [...names].filter(
    (name) => !name.startsWith('node:') && !builtinModules.includes(name) && name !== 'electron',
  );
}

/** A package and all that it needs, as they lie in node_modules. */
function closureOf(names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    const path = join(root, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(path)) continue;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(path, 'utf8')) as { dependencies?: Record<string, string> };
    closureOf(Object.keys(dependencies), found);
  }
  return found;
}

describe('what is packed', () => {
  test('holds the entry of every process, under the name by which it is started', () => {
    const build = read('electron.vite.config.ts');
    expect(manifest.main).toBe('out/main/index.js');
    for (const entry of ['index', 'engine', 'worker']) {
      expect(build).toMatch(new RegExp(`${entry}: source\\('`));
      expect(isPacked(`out/main/${entry}.js`)).toBe(true);
    }
    expect(read('src/main/engine-process.ts')).toContain("join(folder, 'engine.js')");
    expect(read('src/main/engine-process.ts')).toContain("join(folder, 'worker.js')");
    expect(read('src/main/window.ts')).toContain("join(preloadFolder, 'index.cjs')");
    expect(build).toContain("entryFileNames: '[name].cjs'");
    for (const path of ['out/preload/index.cjs', 'out/renderer/index.html', 'package.json']) {
      expect(isPacked(path), path).toBe(true);
    }
  });

  test('holds every package that the processes import, and what these need', () => {
    const imported = importedPackages();
    expect(imported).toContain('better-sqlite3');
    expect(imported).toContain('saxes');
    for (const name of imported) expect(manifest.dependencies, name).toHaveProperty([name]);
    for (const name of closureOf(imported)) expect(isPacked(`node_modules/${name}/package.json`), name).toBe(true);
  });

  test('holds neither the window’s parts a second time, nor what only the command line uses, nor sources, nor tests', () => {
    for (const path of [
      'node_modules/react/index.js',
      'node_modules/@mantine/core/index.mjs',
      'node_modules/core-js/index.js',
      'node_modules/commander/index.js',
      'src/main/index.ts',
      'tests/realdata.ts',
      'node_modules/saxes/x.md',
    ]) {
      expect(isPacked(path), path).toBe(false);
    }
  });

  test('lays what the system’s loader reads beside the archive: every package with native code', () => {
    const isNative = (name: string): boolean =>
      readdirSync(join(root, 'node_modules', name), { recursive: true, encoding: 'utf8' }).some((file) =>
        /\.(?:node|so(?:\.\d+)*|dylib|dll)$/.test(file),
      );
    const native = [...closureOf(importedPackages())].filter(isNative);
    expect(native.sort()).toEqual(['better-sqlite3', 'onnxruntime-node']);
    for (const name of native) {
      const file = `node_modules/${name}/build/x.node`;
      expect(
        config.asarUnpack.some((pattern) => matchesGlob(file, pattern)),
        name,
      ).toBe(true);
    }
  });

  test('lays the models where onnxruntime finds them by path, and the program looks for them there', () => {
    expect(config.extraResources).toEqual([{ from: 'models', to: 'models' }]);
    expect(read('src/main/index.ts')).toContain("join(process.resourcesPath, 'models')");
  });
});

test('there are installers for Linux, macOS and Windows, and projects and FITS files open with the program', () => {
  expect([...config.linux.target, config.mac.target, config.win.target]).toEqual(['AppImage', 'deb', 'dmg', 'nsis']);
  expect(config.fileAssociations.flatMap(({ ext }) => ext)).toEqual(['lobate', 'fits', 'fit', 'fts']);
});
