import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { MODEL_EXTENSION } from '../../../contract/models.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notify } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';

/** Installs a model from one file, or the weights of an ONNX file with what it does not say. */
export function ImportModel({ onDone }: { readonly onDone: () => void }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const [path, setPath] = useState('');
  const [recipeName, setRecipeName] = useState('compact');
  const [modelId, setModelId] = useState('');
  const [trainedOn, setTrainedOn] = useState('');
  const isOnnx = /\.onnx$/i.test(path.trim());
  const presets = useQuery({
    queryKey: ['training-presets'],
    queryFn: () => engine.training.presets(),
    enabled: isOnnx,
  });
  const install = useMutation({
    mutationFn: () =>
      engine.models.import({
        path: path.trim(),
        onnx: isOnnx ? { recipeName, modelId, trainedOn: trainedOn || 'data that are not named' } : null,
      }),
    onSuccess: async (installed) => {
      await queries.invalidateQueries();
      notify('info', `${installed.modelId} is installed. It is used when you choose it.`);
      onDone();
    },
  });
  const change = (set: (value: string) => void) => {
    return (value: string): void => {
      install.reset();
      set(value);
    };
  };
  const isComplete = path.trim() !== '' && (!isOnnx || modelId !== '');
  return (
    <form
      className="models__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) install.mutate();
      }}
    >
      <TextInput
        data-autofocus
        label={`File of a model (${MODEL_EXTENSION}), or .onnx`}
        placeholder="path of the file, on the machine that the engine runs on"
        value={path}
        spellCheck={false}
        onChange={(event) => change(setPath)(event.currentTarget.value)}
      />
      {isOnnx && (
        <div className="models__facts">
          <Select
            size="xs"
            label="Recipe: what its network takes"
            searchable
            data={(presets.data ?? []).map((preset) => preset.recipeName)}
            value={recipeName}
            allowDeselect={false}
            onChange={(value) => change(setRecipeName)(value ?? recipeName)}
          />
          <TextInput
            label="Name of the model"
            placeholder="letters, digits, . _ -"
            value={modelId}
            onChange={(event) => change(setModelId)(event.currentTarget.value)}
          />
          <TextInput
            label="Trained on"
            placeholder="for its card"
            value={trainedOn}
            onChange={(event) => change(setTrainedOn)(event.currentTarget.value)}
          />
        </div>
      )}
      <p className="quiet small models__note">
        The file is checked before it is used: nothing outside it is read, its operators and shapes have to be those of
        the recipe, and so do its numbers.
      </p>
      {install.isError && <ErrorBox what="It was not imported" why={sentenceOf(install.error)} />}
      <div className="models__actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isComplete} loading={install.isPending}>
          Import
        </Button>
      </div>
    </form>
  );
}
