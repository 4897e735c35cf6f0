import { Button } from '@mantine/core';
import { CopyButton } from './CopyButton.tsx';

interface ErrorBoxProps {
  readonly what: string;
  readonly why: string;
  readonly onRetry?: () => void;
}

/** What failed, why, and what can be done; the text can be copied for a report. */
export function ErrorBox({ what, why, onRetry }: ErrorBoxProps) {
  return (
    <div className="empty" role="alert">
      <strong style={{ color: 'var(--loss)' }}>{what}</strong>
      <p style={{ userSelect: 'text' }}>{why}</p>
      <div style={{ display: 'flex', gap: 8 }}>
        {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
        <CopyButton text={`${what}\n${why}`} label="Copy error" withText />
      </div>
    </div>
  );
}
