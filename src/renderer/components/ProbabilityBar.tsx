import { probabilityColour } from './probability-ramp.ts';

/** P(MC) as a length in the colour of the ramp; an empty track where there is no value. */
export function ProbabilityBar({ value, threshold }: { readonly value: number; readonly threshold?: number }) {
  return (
    <span className="probability-bar" aria-hidden="true">
      {!Number.isNaN(value) && <span style={{ width: `${value * 100}%`, background: probabilityColour(value) }} />}
      {threshold !== undefined && <i style={{ left: `${threshold * 100}%` }} />}
    </span>
  );
}
