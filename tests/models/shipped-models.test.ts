import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openNetworkSession } from '../../src/services/inference/onnx-session.ts';
import { CARD_FILE, listModels, loadModel } from '../../src/services/model-store/load-model.ts';

const folder = resolve(import.meta.dirname, '../../models');
const models = await listModels([folder]);

test('a model ships with the program', () => {
  expect(models.length).toBeGreaterThan(0);
});

/** Without likelihood ratios a network has less to go by: its halves and simpler methods are as far below. */
const LEAST_AUC = { all: 0.95, 'no-lr': 0.89 } as const;

for (const { description } of models) {
  const { id } = description;
  const hasLikelihood = description.featureNames.some((name) => name.includes('lr_'));
  const leastAuc = LEAST_AUC[hasLikelihood ? 'all' : 'no-lr'];

  test(`${id}: its weights are those of its description, and it is trained`, async () => {
    const loaded = await loadModel(id, [folder]);
    expect(loaded.description.isTrained).toBe(true);
    expect(loaded.description.trainingDataSha256).not.toBeNull();
  });

  test(`${id}: on sky that it did not see it reaches an AUC of ${leastAuc}, lower end of the interval included`, () => {
    const auc = description.metrics.find(({ name }) => name.startsWith('ROC AUC, non-SISG'));
    expect(auc!.low).toBeGreaterThanOrEqual(leastAuc);
  });

  test(`${id}: its card says that the sky was simulated, and compares it with its halves and simpler methods`, () => {
    const card = readFileSync(join(folder, id, CARD_FILE), 'utf8');
    expect(card).toContain('simulated sky');
    for (const compared of [hasLikelihood ? 'ann-only' : 'ann-no-lr', 'cnn-only', 'logistic regression', 'NN3_flux_ratio', 'not a calibrated rate']) {
      expect(card).toContain(compared);
    }
  });

  test(`${id}: blank sky with average features gives a probability, the same one every time`, async () => {
    const session = await openNetworkSession(await loadModel(id, [folder]));
    const { channels, sidePix } = description.recipe.cutout;
    const input = {
      rowCount: 2,
      images: new Float32Array(2 * channels.length * sidePix * sidePix),
      features: new Float32Array(2 * description.featureNames.length),
    };
    const first = await session.probabilities(input);
    const again = await session.probabilities(input);
    await session.close();
    expect(again).toEqual(first);
    expect(first.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });
}
