// Command: node scripts/make-recipe-page.ts. Writes docs/science/recipes.md from the presets; a test compares the two.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { featureNamesOf } from '../src/core/features/compute-features.ts';
import { OPEN_CHOICES, recordedIn } from '../src/core/network/open-choices.ts';
import { channelText, recipeOf, RECIPE_PRESETS } from '../src/core/network/presets.ts';
import { RECIPE_FIELDS } from '../src/core/network/recipe-fields.ts';
import { defaultTrainingOf } from '../src/core/training/training-recipe.ts';
import { TRAINING_SETTINGS } from '../src/core/training/training-settings.ts';

const PAGE = fileURLToPath(new URL('../docs/science/recipes.md', import.meta.url));

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** The page as Prettier leaves it. */
export async function recipePage(): Promise<string> {
  const published = recipeOf('published-2024');
  const text = [
    '# Recipes',
    'A recipe is every setting between the files and the network, under one name. It is stored in each model and each run,',
    'so a probability can be traced to the numbers it was made with. `lobate recipe` lists the recipes, `lobate recipe NAME`',
    'prints one, and `lobate recipe NAME --json > mine.json` gives a file to change; `--recipe mine.json` uses it. A file with',
    'a field that is not known, or a value that cannot be, is refused in one sentence. Fields marked with * may be left out.',
    'This page is written by `scripts/make-recipe-page.ts` from the program itself.',
    '',
    '## Which there are',
    '',
    table(
      ['recipe', 'what for', 'channels', 'features', 'network'],
      RECIPE_PRESETS.map(({ recipe, summary }) => [
        `\`${recipe.name}\``,
        summary,
        recipe.network === 'ann-only' ? '' : recipe.cutout.channels.map(channelText).join(', '),
        recipe.network === 'cnn-only' ? '' : `${recipe.features.set} (${featureNamesOf(recipe.features).length})`,
        `\`${recipe.network}\``,
      ]),
    ),
    '',
    '## Every field, with the value of `published-2024`',
    '',
    table(
      ['field', 'value', 'meaning', 'source'],
      RECIPE_FIELDS.map(({ path, text: textOf, meaning, source }) => [
        `\`${path}\`${isOptional(path) ? ' *' : ''}`,
        textOf(published),
        meaning,
        source,
      ]),
    ),
    '',
    '"§" is a section of Alegre et al. (2024); Montage is its source code, measured against the program itself.',
    '',
    '## How a network is trained',
    '',
    "A training recipe is a file of its own: `lobate recipe NAME --training --json > training.json` prints what the recipe's",
    'network is trained with unless told otherwise, and `lobate train --training-recipe training.json` takes it, changed or',
    'not. Each model stores the one it was trained with, and the window shows it in tab Training of the recipe.',
    '',
    table(
      ['setting', '`published-2024`', '`compact`', 'meaning', 'source'],
      TRAINING_SETTINGS.map(({ name, text: textOf, meaning, source }) => [
        `\`${name}\``,
        textOf(defaultTrainingOf('published').training),
        textOf(defaultTrainingOf('compact').training),
        meaning,
        source,
      ]),
    ),
    '',
    '## What the paper leaves open, and what we chose',
    '',
    table(
      ['open', 'chosen', 'recorded in'],
      OPEN_CHOICES.map((open) => [open.question, open.choice, recordedIn(open)]),
    ),
    '',
  ].join('\n');
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
}

/** Fields of later versions, which a recipe of the first leaves out. */
function isOptional(path: string): boolean {
  const published: unknown = recipeOf('published-2024');
  const value = path
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined,
      published,
    );
  return value === undefined;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, await recipePage());
