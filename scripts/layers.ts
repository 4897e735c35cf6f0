/**
 * Who may import whom, as data. Type imports count: that is how arrows rot. `scripts/check-layers.ts` and
 * `tests/architecture/layers.test.ts` hold the sources against it with dependency-cruiser.
 */

/** Top folders of src/: each may import itself and those it names. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  figures: ['core'],
  contract: ['core'],
  services: ['contract', 'core'],
  engine: ['services', 'contract', 'core'],
  worker: ['services', 'contract', 'core'],
  cli: ['engine', 'services', 'contract', 'figures', 'core'],
  main: ['contract', 'core'],
  preload: ['contract', 'core'],
  renderer: ['contract', 'figures', 'core'],
};

/** Folders of core/, in the order of the data: each may import itself and only those before it. */
export const CORE_ORDER: readonly string[] = [
  'result',
  'units',
  'random',
  'sky',
  'table',
  'regions',
  'fits',
  'catalogue',
  'cutout',
  'display',
  'features',
  'network',
  'classification',
  'association',
  'evaluation',
  'labels',
  'training',
];

/** Packages that only one folder may import: the rest of the program does not know them. */
export const PACKAGE_HOMES: readonly { readonly packages: string; readonly home: string; readonly why: string }[] = [
  { packages: '^aladin-lite$', home: '^src/renderer/sky-map/', why: 'Aladin Lite is wrapped in one folder' },
  { packages: '^electron$', home: '^src/(main|preload)/', why: "only the desktop host knows Electron's API" },
  { packages: '^@observablehq/plot$', home: '^src/figures/', why: 'window and report draw the same figures' },
  { packages: '^linkedom$', home: '^src/cli/', why: 'the window has a DOM of its own' },
  { packages: '^onnxruntime-node$', home: '^src/services/(device|inference|trainer)/', why: 'run() blocks its thread' },
  {
    packages: '^@tensorflow/',
    home: '^src/services/trainer/tensorflow/',
    why: 'optional: its types only, and one dynamic import',
  },
  { packages: '^better-sqlite3$', home: '^src/services/project-store/', why: 'one door to the store' },
];

export interface LayerRule {
  readonly name: string;
  readonly severity: 'error';
  readonly comment?: string;
  readonly from: { readonly path?: string; readonly pathNot?: string };
  readonly to: Readonly<Record<string, unknown>>;
}

/** The table above as rules of dependency-cruiser. */
export function layerRules(): LayerRule[] {
  const rules: LayerRule[] = [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core knows neither Node, nor the DOM, nor any package',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'no-drawers',
      severity: 'error',
      comment: 'a drawer is a concept that was not named yet',
      from: {},
      to: { path: '^src/.*(^|/)(utils?|helpers?|common|misc)(/|\\.)' },
    },
  ];
  for (const [layer, allowed] of Object.entries(LAYERS)) {
    rules.push({
      name: `${layer}-imports`,
      severity: 'error',
      comment: `${layer} may import ${[layer, ...allowed].join(', ')}`,
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
    });
  }
  CORE_ORDER.forEach((folder, index) => {
    rules.push({
      name: `core-${folder}-order`,
      severity: 'error',
      comment: `core/${folder} may import only what comes before it`,
      from: { path: `^src/core/${folder}/` },
      to: { path: '^src/core/', pathNot: `^src/core/(${CORE_ORDER.slice(0, index + 1).join('|')})/` },
    });
  });
  for (const { packages, home, why } of PACKAGE_HOMES) {
    rules.push({
      name: `home-of-${packages.replace(/[^a-z0-9-]/g, '')}`,
      severity: 'error',
      comment: why,
      from: { path: '^src/', pathNot: home },
      to: { path: `node_modules/${packages.slice(1, -1)}/` },
    });
  }
  return rules;
}
