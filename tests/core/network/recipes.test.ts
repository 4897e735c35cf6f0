import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recipePage } from '../../../scripts/make-recipe-page.ts';
import { featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { PUBLISHED_SISG } from '../../../src/core/features/feature-recipe.ts';
import { checkRecipe } from '../../../src/core/network/check-recipe.ts';
import { OPEN_CHOICES } from '../../../src/core/network/open-choices.ts';
import { RECIPE_NAMES, recipeForNetwork, recipeOf, RECIPE_PRESETS } from '../../../src/core/network/presets.ts';
import {
  completeRecipe,
  differingFields,
  openChoicesOf,
  RECIPE_FIELDS,
} from '../../../src/core/network/recipe-fields.ts';
import type { Recipe } from '../../../src/core/network/recipe.ts';
import { errorOf } from '../../expect-failure.ts';

const compact = recipeOf('compact');
const withFeatures = (features: Partial<Recipe['features']>): Recipe => ({
  ...compact,
  features: { ...compact.features, ...features },
});

describe('a recipe that would be misread is refused', () => {
  test.each([
    ['no channel', { ...compact, cutout: { ...compact.cutout, channels: [] } }, /no image channel/],
    [
      'an upper cut below the lower',
      { ...compact, cutout: { ...compact.cutout, channels: [{ stretch: 'log', lowSigma: 30, highSigma: 1 }] } },
      /channel 1 has an upper cut below/,
    ],
    ['a threshold of 0', withFeatures({ lrThreshold: 0 }), /threshold is not positive/],
    ['an infinite distance', withFeatures({ missingNeighbourDistArcsec: Infinity }), /missing neighbour/],
    ['a negative Maj', withFeatures({ sisg: { ...PUBLISHED_SISG, majBelowArcsec: -1 } }), /largest Maj/],
    ['half a Gaussian', withFeatures({ sisg: { ...PUBLISHED_SISG, largestGaussianCount: 0.5 } }), /whole number/],
  ] as const)('%s', (_, recipe, why) => {
    expect(errorOf(() => checkRecipe(recipe))).toMatchObject({
      kind: 'recipe-invalid',
      why: expect.stringMatching(why) as string,
    });
  });

  test('an unknown name is answered with the names there are', () => {
    expect(errorOf(() => recipeOf('nope'))).toMatchObject({
      why: expect.stringContaining('published-2024') as string,
    });
  });
});

describe('presets', () => {
  test('all are valid, and no two have one name', () => {
    for (const { recipe } of RECIPE_PRESETS) checkRecipe(recipe);
    expect(new Set(RECIPE_NAMES).size).toBe(RECIPE_NAMES.length);
  });

  test('the compact recipe is, to the byte, what stored models and runs hold', () => {
    expect(JSON.stringify(compact)).toBe(
      '{"version":1,"name":"compact","cutout":{"windowSidePix":256,"sidePix":128,"geometry":"pixels","noise":"montage",' +
        '"logStretch":"montage","channels":[{"stretch":"log","lowSigma":1,"highSigma":200},' +
        '{"stretch":"log","lowSigma":1,"highSigma":30},{"stretch":"cut","lowSigma":3,"highSigma":3}],' +
        '"quantisation":"float"},"features":{"set":"all","lrThreshold":0.639,"lrLogarithm":"log10","missingLr":1e-135,' +
        '"missingLrDistArcsec":20,"imputedGaussianFluxRatio":0.5,"missingNeighbourDistArcsec":3600,"scaling":"none"},' +
        '"network":"compact"}',
    );
  });

  test('a network is trained with the plain recipe of its name', () => {
    for (const network of ['compact', 'cnn-only', 'ann-only'] as const) {
      expect(recipeForNetwork(network).name).toBe(network);
    }
    expect(recipeForNetwork('published').name).toBe('published-2024');
  });

  test('without likelihood ratios, 21 features are left and none of them needs one', () => {
    const names = featureNamesOf(recipeOf('no-lr').features);
    expect(names).toHaveLength(21);
    expect(names.filter((name) => name.includes('lr_'))).toEqual([]);
  });

  test('feature sets have the sizes of Table 1', () => {
    const sizes = ['baseline', 'optical', 'gbc', 'compact'].map(
      (name) => featureNamesOf(recipeOf(name).features).length,
    );
    expect(sizes).toEqual([5, 7, 18, 32]);
  });
});

describe('every setting is described', () => {
  const leaves = Object.entries(completeRecipe(compact)).flatMap(([key, value]: [string, unknown]) =>
    key === 'cutout' || key === 'features' ? Object.keys(value as object).map((name) => `${key}.${name}`) : [key],
  );
  test('no field of a recipe is left out of the description, and none is invented', () => {
    expect(RECIPE_FIELDS.map(({ path }) => path).sort()).toEqual(
      leaves.filter((path) => path !== 'version' && path !== 'name').sort(),
    );
  });

  test('what a recipe leaves out is written out with the values of the first version', () => {
    expect(completeRecipe(compact).features.sisg).toEqual({
      majBelowArcsec: 15,
      isolationArcsec: 45,
      largestGaussianCount: 1,
    });
  });

  test('docs/science/recipes.md is what the program says (node scripts/make-recipe-page.ts)', async () => {
    const page = readFileSync(new URL('../../../docs/science/recipes.md', import.meta.url), 'utf8');
    expect(page).toBe(await recipePage());
  });
});

describe('what a recipe says of itself', () => {
  test('a recipe does not differ from itself, nor by its name or by fields that are left out', () => {
    expect(differingFields(compact, { ...completeRecipe(compact), name: 'mine' }).size).toBe(0);
  });

  test('compact differs from the published recipe in its network alone', () => {
    expect([...differingFields(compact, recipeOf('published-2024'))]).toEqual(['network']);
  });

  test('one threshold of the SISG gate is a difference', () => {
    const wider = withFeatures({ sisg: { ...PUBLISHED_SISG, majBelowArcsec: 18 } });
    expect([...differingFields(wider, compact)]).toEqual(['features.sisg']);
  });

  test('every choice that is said to be in a field is found at a field that exists', () => {
    const paths = new Set(RECIPE_FIELDS.map(({ path }) => path));
    for (const { question, fields = [] } of OPEN_CHOICES) {
      for (const path of fields) {
        expect(paths.has(path), `${question}: ${path}`).toBe(true);
        expect(openChoicesOf(path).map((open) => open.question)).toContain(question);
      }
    }
  });
});
