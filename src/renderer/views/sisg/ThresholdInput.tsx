import { useState } from 'react';

interface ThresholdInputProps {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly isWhole?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number in a sentence. What is not a threshold is marked while it is typed, and forgotten when the box is left. */
export function ThresholdInput({ label, value, step, isWhole = false, onChange }: ThresholdInputProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const isUsable = (number: number): boolean => number >= 0 && number <= 1000 && (!isWhole || Number.isInteger(number));
  const text = typed ?? String(value);
  return (
    <input
      type="number"
      className="sisg__input"
      aria-label={label}
      aria-invalid={text === '' || !isUsable(Number(text))}
      min={0}
      max={1000}
      step={step}
      value={text}
      onChange={(event) => {
        const now = event.currentTarget.value;
        setTyped(now);
        if (now !== '' && isUsable(Number(now))) onChange(Number(now));
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
