// Command: npm run layers. Prints every import that the design forbids and exits 1 when there is one.
import { readdirSync } from 'node:fs';
import type { ICruiseResult } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import type { LayerRule } from './layers.ts';
import { CORE_ORDER, layerRules, LAYERS } from './layers.ts';

export interface LayerViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Every forbidden import under `folder`, by the given rules. */
export async function findLayerViolations(
  folder: string,
  baseDir: string,
  rules: readonly LayerRule[] = layerRules(),
): Promise<LayerViolation[]> {
  const { output } = await cruise([folder], {
    baseDir,
    validate: true,
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    ruleSet: { forbidden: [...rules] },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], conditionNames: ['import', 'node'] },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

/** Folders that the table does not know: a new one has to be given its place. */
export function unknownFolders(sourceFolder: string): string[] {
  const foldersOf = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return [
    ...foldersOf(sourceFolder).filter((name) => !(name in LAYERS)),
    ...foldersOf(`${sourceFolder}/core`)
      .filter((name) => !CORE_ORDER.includes(name))
      .map((name) => `core/${name}`),
  ];
}

if (import.meta.main) {
  const violations = await findLayerViolations('src', process.cwd());
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
  for (const folder of unknownFolders('src'))
    console.error(`unknown-folder: src/${folder} has no place in scripts/layers.ts`);
  if (violations.length + unknownFolders('src').length > 0) process.exitCode = 1;
  else console.log('layers: no forbidden import');
}
