import { Button, Modal, NativeSelect, Tabs } from '@mantine/core';
import { useState } from 'react';
import { featureNamesOf } from '../../../core/features/compute-features.ts';
import { OPEN_CHOICES } from '../../../core/network/open-choices.ts';
import { recipeOf } from '../../../core/network/presets.ts';
import { completeRecipe, differingFields } from '../../../core/network/recipe-fields.ts';
import type { Recipe } from '../../../core/network/recipe.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { useRecipeView } from '../../state/recipe-view.ts';
import { useView } from '../../state/view.ts';
import { saveBlob } from '../evaluation/save-figure.ts';
import { FeatureTable } from './FeatureTable.tsx';
import { NetworkTable } from './NetworkTable.tsx';
import { OpenChoiceTable } from './OpenChoiceTable.tsx';
import { SettingTable } from './SettingTable.tsx';
import { TrainingTable } from './TrainingTable.tsx';
import { groupsOf, keyOf, useRecipes } from './use-recipes.ts';
import './recipe.css';

const PUBLISHED = recipeOf('published-2024');

/** Every setting between the files and the network: of the run on screen, of a model, or of any preset. */
export function RecipeDialog() {
  const setView = useView((state) => state.set);
  const choice = useRecipeView((state) => state.choice);
  const recipes = useRecipes();
  const [chosenKey, setChosenKey] = useState(choice === undefined ? undefined : keyOf(choice));
  // What is asked for may not have arrived yet, or be gone.
  const known = recipes.find(({ key }) => key === chosenKey) ?? recipes[0]!;
  const { recipe } = known;
  const differing = differingFields(recipe, PUBLISHED);
  const json = `${JSON.stringify(completeRecipe(recipe), null, 2)}\n`;

  return (
    <Modal
      opened
      onClose={() => setView({ dialog: undefined })}
      title="Recipe"
      size={1040}
      padding={0}
      styles={{ header: { padding: '8px 12px', minHeight: 40 } }}
    >
      <div className="recipe__head">
        <NativeSelect
          aria-label="Recipe to show"
          data-autofocus
          size="xs"
          data={groupsOf(recipes)}
          value={known.key}
          onChange={(event) => setChosenKey(event.currentTarget.value)}
        />
        <CopyButton text={json} label="Copy JSON" withText />
        <Button onClick={() => saveBlob(new Blob([json], { type: 'application/json' }), `${recipe.name}.json`)}>
          Save JSON
        </Button>
      </div>
      <p className="recipe__summary">
        {sentence(known.summary)}{' '}
        <span className="quiet">{differenceWords(recipe.name === PUBLISHED.name, differing.size)}</span>
      </p>
      <Tabs
        defaultValue="settings"
        keepMounted={false}
        classNames={{ list: 'source__tabs', tab: 'source__tab', panel: 'recipe__body' }}
      >
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="network">Network</Tabs.Tab>
          <Tabs.Tab value="features">Features {featureCountText(recipe)}</Tabs.Tab>
          <Tabs.Tab value="training">Training</Tabs.Tab>
          <Tabs.Tab value="open">Left open by the paper {OPEN_CHOICES.length}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings">
          <SettingTable recipe={recipe} published={PUBLISHED} differing={differing} />
        </Tabs.Panel>
        <Tabs.Panel value="network">
          <NetworkTable recipe={recipe} />
        </Tabs.Panel>
        <Tabs.Panel value="features">
          <FeatureTable recipe={recipe} />
        </Tabs.Panel>
        <Tabs.Panel value="training">
          <TrainingTable training={known.training} isDefault={known.group === 'Presets'} />
        </Tabs.Panel>
        <Tabs.Panel value="open">
          <OpenChoiceTable />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

const sentence = (summary: string): string =>
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}${summary.endsWith('.') ? '' : '.'}`;

function differenceWords(isPublished: boolean, count: number): string {
  if (isPublished) return 'The model of Alegre et al. (2024) itself.';
  if (count === 0) return 'No setting differs from published-2024.';
  return `${count} ${count === 1 ? 'setting differs' : 'settings differ'} from published-2024.`;
}

const featureCountText = (recipe: Recipe): string => String(featureNamesOf(recipe.features).length);
