import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FolderListing } from '../../../contract/schemas.ts';
import { fileSize } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { roleOf } from '../../state/file-roles.ts';
import type { FileRole } from '../../state/file-roles.ts';

export type Entry = FolderListing['entries'][number];

export const ROLE_WORDS = {
  mosaic: 'mosaic',
  catalogue: 'catalogue',
  gaussians: 'Gaussians',
  lr: 'LR',
  project: 'project',
} as const;

/** Up and down, first and last among the rows; Enter and Space are the buttons' own. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const targets: Partial<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, rows.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: rows.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  rows[target]?.focus();
}

/** The folder that is shown, typed or climbed out of. */
export function PathLine({
  listing,
  asked,
  onFolder,
}: {
  readonly listing: FolderListing | undefined;
  /** The folder that was asked for, which stays to be corrected where it cannot be shown. */
  readonly asked: string | undefined;
  readonly onFolder: (path: string) => void;
}) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <div className="open__path">
      <Button
        aria-label="Folder above"
        disabled={listing?.parent == null}
        onClick={() => {
          if (listing?.parent != null) onFolder(listing.parent);
        }}
      >
        <Icon name="up" size={14} />
      </Button>
      <TextInput
        aria-label="Folder"
        style={{ flex: 1 }}
        value={typed ?? listing?.path ?? asked ?? ''}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed === undefined) return;
          onFolder(typed.trim());
          setTyped(undefined);
        }}
      />
      {listing !== undefined && listing.roots.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label="Start folders"
          data={[{ value: '', label: 'Start folders' }, ...listing.roots]}
          value=""
          onChange={(event) => {
            if (event.currentTarget.value !== '') onFolder(event.currentTarget.value);
          }}
        />
      )}
    </div>
  );
}

interface FileRowProps {
  readonly entry: Entry;
  readonly role: FileRole | undefined;
  readonly onChoose: () => void;
}

export function FileRow({ entry, role, onChoose }: FileRowProps) {
  const guess = entry.kind === 'folder' ? undefined : roleOf(entry.name, entry.kind);
  return (
    <button type="button" role="option" aria-selected={role !== undefined} className="open__row" onClick={onChoose}>
      <Icon name={entry.kind === 'folder' ? 'folder' : role === undefined ? 'file' : 'check'} size={14} />
      <span className="cut" title={entry.name}>
        {entry.name}
      </span>
      <span className="quiet small">{guess === undefined ? '' : ROLE_WORDS[role ?? guess]}</span>
      <span className="quiet small number">{entry.kind === 'folder' ? '' : fileSize(entry.sizeBytes)}</span>
      <span className="quiet small number">{entry.modifiedAt.slice(0, 10)}</span>
    </button>
  );
}
