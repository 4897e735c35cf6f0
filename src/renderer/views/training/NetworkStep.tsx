import { Button, Checkbox, Collapse, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrainingPreset, TrainingSettings } from '../../../contract/training.ts';
import { withheldPercent } from '../../../core/training/training-recipe.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { count } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { useDraft } from './training-plan.ts';

/** First in the list: what most want. The others follow as the recipes have them. */
const FIRST = ['compact', 'no-lr', 'published-2024', 'cnn-only', 'ann-only'];

/** Step 2: what is trained and how. Presets first; what only an expert changes is folded away. */
export function NetworkStep({ presets }: { readonly presets: readonly TrainingPreset[] }) {
  const engine = useEngine();
  const { recipeName, training, startModelId, set, setTraining, choosePreset } = useDraft();
  const [isExpert, setExpert] = useState(false);
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.models.list() });
  const ordered = [...presets].sort((a, b) => rank(a) - rank(b));
  const preset = presets.find((candidate) => candidate.recipeName === recipeName);
  const trained = (models.data ?? []).filter(({ isTrained }) => isTrained);
  if (training === undefined) return <div className="training__body quiet">Loading the recipes…</div>;

  return (
    <>
      <div className="training__body training__columns">
        <div className="training__fields">
          <Select
            size="xs"
            label="Begin with"
            data={[
              { value: '', label: 'Weights drawn from the seed' },
              ...trained.map(({ id }) => ({ value: id, label: `The weights of ${id} (fine-tuning)` })),
            ]}
            value={startModelId ?? ''}
            allowDeselect={false}
            onChange={(id) => {
              set({ startModelId: id === '' ? null : id });
              const network = trained.find((model) => model.id === id)?.network ?? preset?.network;
              const usual = presets.find((candidate) => candidate.network === network);
              // What one network learns from without features, another has nothing else to learn from.
              if (usual !== undefined) setTraining({ withheldFeatures: usual.training.withheldFeatures });
            }}
          />
          {startModelId === null && (
            <Select
              size="xs"
              searchable
              label="Recipe"
              data={ordered.map((candidate) => candidate.recipeName)}
              value={recipeName}
              allowDeselect={false}
              onChange={(name) => {
                const chosen = presets.find((candidate) => candidate.recipeName === name);
                if (chosen !== undefined) choosePreset(chosen);
              }}
            />
          )}
          <NumberInput
            label="Epochs"
            min={1}
            max={10_000}
            allowDecimal={false}
            value={training.epochs}
            onChange={(epochs) => setTraining({ epochs: Number(epochs) })}
          />
        </div>
        <div>
          {startModelId === null ? (
            <p>
              {sentence(preset?.summary ?? '')}{' '}
              <span className="quiet">{preset !== undefined && `${count(preset.parameterCount)} parameters.`}</span>
            </p>
          ) : (
            <p>Goes on from this model with its own recipe and moments: a smaller learning rate keeps what it knows.</p>
          )}
          <Button variant="subtle" onClick={() => setExpert(!isExpert)} leftSection={<Icon name="down" size={12} />}>
            {isExpert ? 'Hide the expert settings' : 'Expert settings'}
          </Button>
          <Collapse expanded={isExpert} transitionDuration={0}>
            <ExpertFields training={training} onChange={setTraining} />
          </Collapse>
        </div>
      </div>
      <div className="training__actions">
        <Button onClick={() => set({ step: 'data' })}>Back</Button>
        <Button variant="filled" onClick={() => set({ step: 'estimate' })}>
          Next
        </Button>
      </div>
    </>
  );
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function rank({ recipeName }: TrainingPreset): number {
  const at = FIRST.indexOf(recipeName);
  return at < 0 ? FIRST.length : at;
}

interface ExpertFieldsProps {
  readonly training: TrainingSettings;
  readonly onChange: (change: Partial<TrainingSettings>) => void;
}

function ExpertFields({ training, onChange }: ExpertFieldsProps) {
  const choice = <Key extends 'optimiser' | 'schedule' | 'augmentation' | 'classWeights' | 'mcExclusion'>(
    key: Key,
    label: string,
    data: readonly { readonly value: TrainingSettings[Key]; readonly label: string }[],
  ) => (
    <Select
      size="xs"
      label={label}
      data={[...data]}
      value={training[key]}
      allowDeselect={false}
      onChange={(value) => onChange({ [key]: value })}
    />
  );
  const number = (key: 'learningRate' | 'batchSize' | 'augmentationFactor' | 'seed', label: string, min: number) => (
    <NumberInput
      label={label}
      min={min}
      value={training[key]}
      onChange={(value) => onChange({ [key]: Number(value) })}
    />
  );
  return (
    <div className="training__expert">
      {choice('optimiser', 'Optimiser', [
        { value: 'nesterov', label: 'SGD with Nesterov momentum 0.9' },
        { value: 'sgd', label: 'SGD' },
        { value: 'rmsprop', label: 'RMSprop' },
        { value: 'adam', label: 'Adam' },
      ])}
      {number('learningRate', 'Learning rate', 0)}
      {choice('schedule', 'Schedule', [
        { value: 'constant', label: 'Constant' },
        { value: 'cosine', label: 'Cosine, down to 0' },
      ])}
      {number('batchSize', 'Rows per step', 1)}
      {number('augmentationFactor', 'Appearances of each MC row', 1)}
      {choice('augmentation', 'How rows are turned', [
        { value: 'rotate', label: 'Extra MC rows at any angle, as published' },
        { value: 'turn', label: 'Extra MC rows in quarter turns' },
        { value: 'turn-all', label: 'All rows in quarter turns' },
      ])}
      <NumberInput
        label="Rows told by their picture alone"
        title="Their features are withheld: others in each epoch, so that the network learns to read pictures"
        suffix=" %"
        min={0}
        max={90}
        step={10}
        value={withheldPercent(training)}
        onChange={(value) => onChange({ withheldFeatures: Number(value) / 100 })}
      />
      {choice('classWeights', 'Class weights', [
        { value: 'none', label: 'None' },
        { value: 'balanced', label: 'Balanced' },
      ])}
      {choice('mcExclusion', 'SISG rows', [
        { value: 'row', label: 'Leave them out' },
        { value: 'source', label: 'Leave out MC sources with one, whole' },
        { value: 'none', label: 'Keep all SISG rows, as in Figs. 1–5' },
      ])}
      {number('seed', 'Seed', 0)}
      <Checkbox
        size="xs"
        label="Dropout"
        checked={training.hasDropout}
        onChange={(event) => onChange({ hasDropout: event.currentTarget.checked })}
      />
    </div>
  );
}
