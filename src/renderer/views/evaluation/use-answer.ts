import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Desk } from './newest-answer.ts';

/** A question waits for a dragged threshold to rest [ms]; the numbers that need no resampling do not. */
const RESTING_MS = 200;

interface Said {
  readonly kind: string;
}

/**
 * The answer to a question, undefined until it is there and as soon as another is asked.
 * @param question undefined asks nothing; kept the same object for as long as it is the same question
 */
export function useAnswer<Question extends Said, Answer extends Said, Asked extends Question>(
  desk: Desk<Question, Answer>,
  question: Asked | undefined,
): Extract<Answer, { kind: Asked['kind'] }> | undefined {
  const [found, setFound] = useState<{ readonly to: unknown; readonly answer: Answer } | undefined>(undefined);
  const [resting] = useDebouncedValue(question, RESTING_MS);
  useEffect(() => {
    if (resting === undefined) return undefined;
    let isOvertaken = false;
    void desk.ask(resting).then((answer) => {
      if (answer !== undefined && !isOvertaken) setFound({ to: resting, answer });
    });
    return () => {
      isOvertaken = true;
    };
  }, [desk, resting]);
  return found?.to === question ? (found?.answer as Extract<Answer, { kind: Asked['kind'] }> | undefined) : undefined;
}
