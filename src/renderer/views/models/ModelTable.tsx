import { Button } from '@mantine/core';
import type { ModelSummary } from '../../../contract/schemas.ts';
import { intervalText } from '../../../figures/words.ts';
import { count } from '../../components/format.ts';
import { UntrainedMark } from '../../components/Untrained.tsx';

interface ModelTableProps {
  readonly models: readonly ModelSummary[];
  readonly defaultId: string | undefined;
  readonly isBusy: boolean;
  readonly onPromote: (modelId: string) => void;
  readonly onExport: (modelId: string) => void;
}

export function ModelTable({ models, defaultId, isBusy, onPromote, onExport }: ModelTableProps) {
  return (
    <table className="models__table">
      <thead>
        <tr>
          <th>Model</th>
          <th>Network</th>
          <th>Trained on</th>
          <th className="models__number">Quality</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id}>
            <td>
              <div className="cut" title={model.id}>
                {model.id}
              </div>
              {model.id === defaultId && <div className="quiet small">used by default</div>}
            </td>
            <td title={`recipe ${model.recipeName}`}>
              {model.network}
              <div className="quiet small">{count(model.parameterCount)} parameters</div>
            </td>
            <td>
              <div className="models__trained" title={model.trainedOn}>
                {model.isTrained ? model.trainedOn : <UntrainedMark />}
              </div>
            </td>
            <td className="models__number">{qualityOf(model)}</td>
            <td className="models__row-actions">
              {model.id !== defaultId && (
                <Button variant="subtle" color="gray" disabled={isBusy} onClick={() => onPromote(model.id)}>
                  Use by default
                </Button>
              )}
              <Button variant="subtle" color="gray" onClick={() => onExport(model.id)}>
                Export…
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first number of its card. */
function qualityOf({ metrics: [metric] }: ModelSummary) {
  if (metric === undefined) return <span className="quiet">not judged</span>;
  const { name, value, low, high } = metric;
  return (
    <>
      {value.toFixed(3)}
      <div className="quiet small">
        {name}
        {low !== null && high !== null && ` ${intervalText({ low, high })}`}
      </div>
    </>
  );
}
