import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useLabels } from '../../state/labels.ts';

/** Who labels, in which words, and whether he sees what others said. */
export function LabellerSettings() {
  // Not the labels themselves: with each of them it would be drawn anew before the next source.
  const { chosenLabeller, defaultLabeller, isBlind, vocabulary, set } = useLabels(
    useShallow(({ chosenLabeller, defaultLabeller, isBlind, vocabulary, set }) => ({
      chosenLabeller,
      defaultLabeller,
      isBlind,
      vocabulary,
      set,
    })),
  );
  const [name, setName] = useState(chosenLabeller);
  return (
    <section className="labels__part" aria-label="Labeller">
      <TextInput
        size="xs"
        label="Labels are signed"
        placeholder={defaultLabeller}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => set({ chosenLabeller: name.trim() })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <Checkbox
        size="xs"
        label="Blind: others’ labels stay hidden"
        checked={isBlind}
        onChange={(event) => set({ isBlind: event.currentTarget.checked })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Words of the digit keys"
        value={vocabulary}
        onChange={(value) => set({ vocabulary: value === 'lotss' ? 'lotss' : 'classes' })}
        data={[
          { value: 'classes', label: 'Classes' },
          { value: 'lotss', label: 'LoTSS prefilter' },
        ]}
      />
    </section>
  );
}
