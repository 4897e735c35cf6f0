import { useEffect } from 'react';
import { useField } from '../../state/field.ts';

/**
 * Leaves for the field that is being opened as soon as it can be seen: its files may be read through for a while longer.
 * @param leave called once for an opening
 */
export function useLeaveForField(isOpening: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isOpening) return undefined;
    const before = useField.getState().project?.opening;
    return useField.subscribe(({ project }) => {
      if (project != null && project.opening !== before) leave();
    });
    // `leave` is made anew at each drawing and does the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpening]);
}
