import { featureNamesOf } from '../../../core/features/compute-features.ts';
import { featureNamed } from '../../../core/features/feature-definitions.ts';
import type { Recipe } from '../../../core/network/recipe.ts';

/** The features in the order in which the network takes them. */
export function FeatureTable({ recipe }: { readonly recipe: Recipe }) {
  if (recipe.network === 'cnn-only') {
    return <p className="recipe__note quiet">This network sees the image only; its features are not computed.</p>;
  }
  return (
    <table className="recipe__table">
      <thead>
        <tr className="quiet small">
          <th scope="col" className="number">
            number
          </th>
          <th scope="col">feature</th>
          <th scope="col">unit</th>
          <th scope="col">why it may tell</th>
        </tr>
      </thead>
      <tbody>
        {featureNamesOf(recipe.features).map((name, index) => {
          const definition = featureNamed(name);
          return (
            <tr key={name}>
              <td className="number quiet">{index + 1}</td>
              <td>
                <code className="recipe__path">{name}</code>
              </td>
              <td className="quiet">{definition?.unit}</td>
              <td>{definition?.why}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
