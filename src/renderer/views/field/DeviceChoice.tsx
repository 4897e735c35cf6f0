import type { DeviceVerdict } from '../../../contract/device-schemas.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { useDeviceChoice } from '../../state/device.ts';

/** Line of the model's facts: what the next run computes with, and what the tests of this session found. */
export function DeviceChoice() {
  const { report, choices, choose } = useDeviceChoice();
  if (report.data === undefined) return null;
  const { choice, verdicts } = report.data;
  return (
    <>
      <dt>Device</dt>
      <dd>
        <ChoiceSelect
          aria-label="Device for the next run"
          size="sm"
          variant="unstyled"
          className="field__choice"
          rightSectionWidth={12}
          choices={choices}
          value={choice}
          onChoose={(chosen) => choose.mutate(chosen)}
        />
      </dd>
      {verdicts.map((verdict) => (
        <Verdict key={verdict.provider} verdict={verdict} isWanted={choice === verdict.provider} />
      ))}
    </>
  );
}

/** Amber only where the device was asked for: a machine without a graphics card has nothing wrong with it. */
function Verdict({ verdict, isWanted }: { readonly verdict: DeviceVerdict; readonly isWanted: boolean }) {
  const isRefused = isWanted && !verdict.isTrusted;
  return (
    <dd className="field__verdict small quiet" data-refused={isRefused ? true : undefined}>
      {verdict.sentence}
    </dd>
  );
}
