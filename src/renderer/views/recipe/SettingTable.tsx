import { Tooltip } from '@mantine/core';
import { Fragment } from 'react';
import { completeRecipe, openChoicesOf, RECIPE_FIELDS } from '../../../core/network/recipe-fields.ts';
import type { RecipeField } from '../../../core/network/recipe-fields.ts';
import type { Recipe } from '../../../core/network/recipe.ts';
import { MarkedText } from '../../components/MarkedText.tsx';
import { showPanel } from '../../state/dock.ts';
import { useField } from '../../state/field.ts';
import { useView } from '../../state/view.ts';
import { SettingHead, SettingRow } from './SettingRow.tsx';

interface SettingTableProps {
  readonly recipe: Recipe;
  readonly published: Recipe;
  /** Paths of the fields that differ from the published recipe. */
  readonly differing: ReadonlySet<string>;
}

const GROUPS: readonly { readonly title: string; readonly has: (path: string) => boolean }[] = [
  { title: 'Images', has: (path) => path.startsWith('cutout.') },
  { title: 'Features', has: (path) => path.startsWith('features.') },
  { title: 'Network', has: (path) => !path.includes('.') },
];

/** Every field with its value, what it means, where it comes from, and what `published-2024` has where that differs. */
export function SettingTable({ recipe, published, differing }: SettingTableProps) {
  const [complete, completePublished] = [completeRecipe(recipe), completeRecipe(published)];
  return (
    <table className="recipe__table">
      <SettingHead />
      {GROUPS.map(({ title, has }) => (
        <tbody key={title}>
          <tr>
            <th scope="rowgroup" colSpan={3} className="recipe__group">
              {title}
            </th>
          </tr>
          {RECIPE_FIELDS.filter(({ path }) => has(path)).map((field) => (
            <SettingRow
              key={field.path}
              path={field.path}
              meaning={field.meaning}
              value={
                <>
                  {field.text(complete)}
                  {field.path === 'features.sisg' && <GateLink />}
                </>
              }
              published={differing.has(field.path) ? `published-2024: ${field.text(completePublished)}` : undefined}
              source={<Source field={field} />}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** To the gate itself, where a field is open to count on. */
function GateLink() {
  const isOpen = useField((state) => state.project != null);
  if (!isOpen) return null;
  const showGate = (): void => {
    useView.getState().set({ dialog: undefined });
    showPanel('sisg');
  };
  return (
    <div>
      <button type="button" className="link small" onClick={showGate}>
        Counts and thresholds…
      </button>
    </div>
  );
}

/** Section of the paper or other source, and whether the paper leaves the choice open. */
function Source({ field: { path, source } }: { readonly field: RecipeField }) {
  const open = openChoicesOf(path);
  return (
    <div className="recipe__source">
      <span>{source}</span>
      {open.length > 0 && (
        <Tooltip
          multiline
          maw={360}
          label={open.map(({ question, choice }) => (
            <Fragment key={question}>
              <div>Open: {question}.</div>
              <div>
                Chosen: <MarkedText text={choice} />.
              </div>
            </Fragment>
          ))}
        >
          <span className="recipe__open small" tabIndex={0}>
            left open
          </span>
        </Tooltip>
      )}
    </div>
  );
}
