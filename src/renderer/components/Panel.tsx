import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { usePanelPlace } from './panel-place.ts';

interface PanelProps {
  readonly title: string;
  /** Tools and counts at the right end of the header. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A titled room of the window. In the dock its tab is its title and the header is shared, so that nothing draws a second
 * box; elsewhere it has a header of its own.
 */
export function Panel({ title, aside, children }: PanelProps) {
  const place = usePanelPlace();
  const tools = aside !== undefined && (
    <div className="panel__aside" role="group" aria-label={`${title}: tools`}>
      {aside}
    </div>
  );
  return (
    <section className="panel" aria-label={title}>
      {place === undefined ? (
        <header className="panel__header">
          <h2>{title}</h2>
          {tools}
        </header>
      ) : (
        place.aside !== undefined && createPortal(tools, place.aside)
      )}
      <div className="panel__body">{children}</div>
    </section>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What would fill an empty place, and the one thing to do about it. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
