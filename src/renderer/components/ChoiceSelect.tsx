import type { NativeSelectProps } from '@mantine/core';
import { NativeSelect } from '@mantine/core';
import { LOW_INPUT } from './low-input.ts';

type ChoiceValue = string | number;

/** A value that is its own text, or one with its label. */
export type Choice<Value extends ChoiceValue> = Value | { readonly value: Value; readonly label: string };

interface ChoiceGroup<Value extends ChoiceValue> {
  readonly group: string;
  readonly items: readonly Choice<Value>[];
}

interface ChoiceSelectProps<Value extends ChoiceValue> extends Omit<
  NativeSelectProps,
  'data' | 'value' | 'defaultValue' | 'onChange' | 'styles'
> {
  readonly choices: readonly (Choice<Value> | ChoiceGroup<Value>)[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  /** As high as the header or the line around it. */
  readonly isLow?: boolean;
}

/** A native select of values that keep their type: what is chosen is one of `choices`, never a bare string. */
export function ChoiceSelect<Value extends ChoiceValue>({
  choices,
  value,
  onChoose,
  isLow = false,
  ...others
}: ChoiceSelectProps<Value>) {
  const values = choices.flatMap((choice) => (isGroup(choice) ? choice.items : [choice])).map(valueOf);
  return (
    <NativeSelect
      size="xs"
      {...others}
      value={String(value)}
      data={choices.map((choice) =>
        isGroup(choice) ? { group: choice.group, items: choice.items.map(optionOf) } : optionOf(choice),
      )}
      onChange={(event) => {
        const chosen = values.find((one) => String(one) === event.currentTarget.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      {...(isLow ? { styles: LOW_INPUT } : {})}
    />
  );
}

const isGroup = <Value extends ChoiceValue>(choice: Choice<Value> | ChoiceGroup<Value>): choice is ChoiceGroup<Value> =>
  typeof choice === 'object' && 'group' in choice;

const valueOf = <Value extends ChoiceValue>(choice: Choice<Value>): Value =>
  typeof choice === 'object' ? choice.value : choice;

const optionOf = (choice: Choice<ChoiceValue>): { readonly value: string; readonly label: string } =>
  typeof choice === 'object'
    ? { value: String(choice.value), label: choice.label }
    : { value: String(choice), label: String(choice) };
