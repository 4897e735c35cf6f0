import { createRoot } from 'react-dom/client';
import { SkyFurniture } from '../../../src/renderer/sky-map/SkyFurniture.tsx';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import type { DisplayChoice } from '../../../src/renderer/sky-map/image-display.ts';
import { imageDisplay } from '../../../src/renderer/sky-map/image-display.ts';
import { createSkyMap } from '../../../src/renderer/sky-map/create-sky-map.ts';
import type { SkyMap, SkyView, SourceLayerData } from '../../../src/renderer/sky-map/sky-map-types.ts';

/** What the test server tells of its field; arrays travel as JSON here, the page is small. */
interface TestField {
  readonly hipsUrl: string;
  readonly initialView: SkyView;
  readonly sources: Readonly<
    Record<'raDeg' | 'decDeg' | 'majArcsec' | 'minArcsec' | 'paDeg' | 'sisg', readonly number[]>
  >;
  readonly probability: readonly (number | null)[];
}

declare global {
  interface Window {
    map: SkyMap;
    field: TestField;
    picks: (number | undefined)[];
    /** Shows the image with a changed choice. */
    display: (change: Partial<DisplayChoice>) => void;
  }
}

const field = (await (await fetch('/field.json')).json()) as TestField;
const container = document.querySelector<HTMLElement>('#sky')!;
const theme = new URLSearchParams(location.search).get('theme') === 'light' ? 'light' : 'dark';
const displayOf = (change: Partial<DisplayChoice>) =>
  imageDisplay(
    {
      stretch: 'asinh',
      limits: { kind: 'auto' },
      colourMap: theme === 'light' ? 'grey' : 'magma',
      isInverted: theme === 'light',
      contrast: 1,
      bias: 0.5,
      ...change,
    },
    { levels: undefined, channels: PUBLISHED_CUTOUT },
  );
const map = createSkyMap(container, {
  hipsUrl: new URLSearchParams(location.search).get('hips') ?? field.hipsUrl,
  blankUrl: '/hips/blank',
  initialView: field.initialView,
  theme,
  display: displayOf({}),
});
window.map = map;
window.field = field;
window.picks = [];
window.display = (change) => map.setDisplay(displayOf(change), theme);
map.onPick((row) => window.picks.push(row));
const sources: SourceLayerData = {
  rowCount: field.sources.raDeg.length,
  raDeg: Float64Array.from(field.sources.raDeg),
  decDeg: Float64Array.from(field.sources.decDeg),
  majArcsec: Float32Array.from(field.sources.majArcsec),
  minArcsec: Float32Array.from(field.sources.minArcsec),
  paDeg: Float32Array.from(field.sources.paDeg),
  sisg: Uint8Array.from(field.sources.sisg),
};
map.setSources(sources);
const probability = Float64Array.from(field.probability, (value) => value ?? NaN);
map.setPredictions(
  probability,
  Uint8Array.from(field.probability, (value) => (value === null ? 255 : 0)),
);

const overlay = document.createElement('div');
container.append(overlay);
createRoot(overlay).render(
  <SkyFurniture
    map={map}
    theme={theme}
    beam={{ majArcsec: 6, minArcsec: 6, paDeg: 0 }}
    threshold={0.5}
    image={{ display: displayOf({}), unit: undefined }}
  />,
);
