import { useEffect, useState } from 'react';
import type { Desk } from './newest-answer.ts';

interface Said {
  readonly kind: string;
}

/**
 * The answer to a question, undefined until it is there and as soon as another is asked.
 * @param question undefined asks nothing; kept the same object for as long as it is the same question. One about a
 *   threshold is about the resting one: it is asked when a drag has ended.
 */
export function useAnswer<Question extends Said, Answer extends Said, Asked extends Question>(
  desk: Desk<Question, Answer>,
  question: Asked | undefined,
): Extract<Answer, { kind: Asked['kind'] }> | undefined {
  const [found, setFound] = useState<{ readonly to: unknown; readonly answer: Answer } | undefined>(undefined);
  useEffect(() => {
    if (question === undefined) return undefined;
    let isOvertaken = false;
    void desk.ask(question).then((answer) => {
      if (answer !== undefined && !isOvertaken) setFound({ to: question, answer });
    });
    return () => {
      isOvertaken = true;
    };
  }, [desk, question]);
  return found?.to === question ? (found?.answer as Extract<Answer, { kind: Asked['kind'] }> | undefined) : undefined;
}
