import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Icon } from './Icon.tsx';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly withText?: boolean;
}

export function CopyButton({ text, label, withText = false }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 1200 });
  const shown = clipboard.copied ? 'Copied' : label;
  const copy = (): void => clipboard.copy(text);
  if (withText) return <Button onClick={copy}>{shown}</Button>;
  return (
    <Tooltip label={shown}>
      <ActionIcon size={20} aria-label={label} onClick={copy}>
        <Icon name={clipboard.copied ? 'check' : 'copy'} size={13} />
      </ActionIcon>
    </Tooltip>
  );
}
