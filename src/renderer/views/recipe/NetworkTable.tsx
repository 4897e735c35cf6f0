import { featureNamesOf } from '../../../core/features/compute-features.ts';
import type { LayerRow } from '../../../core/network/layer-table.ts';
import { layerTable } from '../../../core/network/layer-table.ts';
import { parameterCount } from '../../../core/network/parameter-tensors.ts';
import { inputShapeOf } from '../../../core/network/presets.ts';
import type { Recipe } from '../../../core/network/recipe.ts';
import { describeNetwork } from '../../../core/network/registry.ts';
import { count } from '../../components/format.ts';

const BRANCHES: Readonly<Record<LayerRow['branch'], string>> = {
  image: 'Image',
  features: 'Features',
  head: 'Together',
};

/** The network of a recipe, layer by layer, with what each hands on and learns. */
export function NetworkTable({ recipe }: { readonly recipe: Recipe }) {
  const shape = inputShapeOf(recipe, featureNamesOf(recipe.features).length);
  const network = describeNetwork(recipe.network, shape, recipe.variant);
  const rows = layerTable(network);
  const total = parameterCount(network);
  const isOneBranch = network.image === undefined || network.features === undefined;
  return (
    <table className="recipe__table">
      <thead>
        <tr className="quiet small">
          <th scope="col">layer</th>
          <th scope="col">what it does</th>
          <th scope="col" className="number">
            output
          </th>
          <th scope="col" className="number">
            parameters
          </th>
        </tr>
      </thead>
      {(['image', 'features', 'head'] as const).map((branch) => {
        const layers = rows.filter((row) => row.branch === branch);
        if (layers.length === 0) return null;
        return (
          <tbody key={branch}>
            <tr>
              <th scope="rowgroup" colSpan={4} className="recipe__group">
                {branch === 'head' && isOneBranch ? 'Output' : BRANCHES[branch]}
              </th>
            </tr>
            {layers.map(({ layer, does, output, parameters }) => (
              <tr key={layer}>
                <td>
                  <code className="recipe__path">{layer}</code>
                </td>
                <td>{does}</td>
                <td className="number">{output.join(' × ')}</td>
                <td className="number">{parameters === 0 ? '' : count(parameters)}</td>
              </tr>
            ))}
          </tbody>
        );
      })}
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {recipe.network}, all layers
          </th>
          <td className="number">{count(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
