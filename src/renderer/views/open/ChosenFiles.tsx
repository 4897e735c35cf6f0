import { Button } from '@mantine/core';
import { Fragment } from 'react';
import { desktopApi } from '../../api/desktop.ts';
import { notifyError } from '../../api/notify.ts';
import { Icon } from '../../components/Icon.tsx';
import type { Choice, FileRole } from '../../state/file-roles.ts';
import { fileOf, toggled, withPlane, without } from '../../state/file-roles.ts';
import { useOpening } from '../../state/opening.ts';
import { ROLE_WORDS } from './FileRows.tsx';
import { PlaneChoice } from './PlaneChoice.tsx';

const ROLES: readonly { readonly role: Exclude<FileRole, 'project'>; readonly label: string; readonly hint: string }[] =
  [
    { role: 'mosaic', label: 'Mosaics', hint: 'one or more FITS images' },
    { role: 'catalogue', label: 'Source catalogue', hint: 'PyBDSF .srl' },
    { role: 'gaussians', label: 'Gaussians', hint: 'optional, .gaul' },
    { role: 'lr', label: 'Likelihood ratios', hint: 'optional' },
  ];

/** Of more files than these nobody looks for cubes one by one: they are the tiles of a survey. */
const MOST_PLANE_CHOICES = 12;

interface ChosenFilesProps {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** The files that were chosen, by what each is to the field. */
export function ChosenFiles({ choice, onChange }: ChosenFilesProps) {
  return ROLES.map(({ role, label, hint }) => (
    <ChosenRole key={role} label={label} hint={hint} choice={choice} role={role} onChange={onChange} />
  ));
}

/** The desktop's own dialogs and drops; in a browser, why there are none. */
export function NativeDialogs() {
  const addPaths = useOpening((state) => state.addPaths);
  const desktop = desktopApi();
  if (desktop === undefined) {
    return (
      <p className="quiet small" style={{ marginTop: 'auto' }}>
        These are the folders of the machine that the engine runs on.
      </p>
    );
  }
  const choose = (purpose: 'mosaics' | 'catalogue') => () => {
    desktop.chooseFiles(purpose).then(addPaths, (error: unknown) => notifyError('The dialog did not open', error));
  };
  return (
    <div className="open__native">
      <Button onClick={choose('mosaics')}>Mosaics…</Button>
      <Button onClick={choose('catalogue')}>Tables…</Button>
      <span className="quiet small">or drop files on the window</span>
    </div>
  );
}

interface ChosenRoleProps {
  readonly label: string;
  readonly hint: string;
  readonly role: Exclude<FileRole, 'project'>;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function ChosenRole({ label, hint, role, choice, onChange }: ChosenRoleProps) {
  const single = role === 'mosaic' ? undefined : choice[role];
  const chosen = role === 'mosaic' ? choice.mosaics : single === undefined ? [] : [single];
  const roleNames = ROLES.map((entry) => ({ value: entry.role, label: ROLE_WORDS[entry.role] }));
  const move = (path: string, next: string): void => {
    const target = ROLES.find((entry) => entry.role === next)?.role;
    if (target !== undefined) onChange(toggled(without(choice, path), path, target));
  };
  return (
    <div className="open__role">
      <div>
        <strong>{label}</strong> {chosen.length === 0 && <span className="quiet small">{hint}</span>}
      </div>
      {chosen.map((path) => (
        <Fragment key={fileOf(path)}>
          <div className="open__pick">
            <span className="cut" title={path}>
              {fileOf(path).split(/[/\\]/).at(-1)}
            </span>
            <select
              aria-label={`Role of ${path}`}
              value={role}
              onChange={(event) => move(path, event.currentTarget.value)}
            >
              {roleNames.map((entry) => (
                <option key={entry.value} value={entry.value}>
                  {entry.label}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="link"
              aria-label={`Take out ${path}`}
              onClick={() => onChange(without(choice, path))}
            >
              <Icon name="close" size={12} />
            </button>
          </div>
          {role === 'mosaic' && chosen.length <= MOST_PLANE_CHOICES && (
            <PlaneChoice path={path} onChange={(next) => onChange(withPlane(choice, path, next))} />
          )}
        </Fragment>
      ))}
    </div>
  );
}
