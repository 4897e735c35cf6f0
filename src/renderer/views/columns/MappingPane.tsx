import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ColumnReading } from '../../../contract/column-report.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';

interface MappingPaneProps {
  /** The catalogue; that of the open project where undefined. */
  readonly path: string | undefined;
  readonly reading: ColumnReading;
  readonly onReading: (reading: ColumnReading) => void;
}

/** The mapping of a catalogue under a reading, and what its first rows say of it. */
export function MappingPane({ path, reading, onReading }: MappingPaneProps) {
  const engine = useEngine();
  const report = useQuery({
    queryKey: ['columns', path, reading],
    queryFn: () => engine.columns.report({ ...reading, ...(path === undefined ? {} : { path }) }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  if (report.isError) {
    return (
      <ErrorBox
        what="The columns could not be read"
        why={sentenceOf(report.error)}
        onRetry={() => void report.refetch()}
      />
    );
  }
  if (report.data === undefined) {
    return <p className="quiet mapping">Reading the first rows…</p>;
  }
  const { refusal, warnings } = report.data;
  const sentences = refusal === null ? warnings : [refusal];
  return (
    <>
      <div className="mapping__scroll">
        <ColumnMapping report={report.data} isStale={report.isPlaceholderData} onReading={onReading} />
      </div>
      {sentences.length > 0 && (
        <ul className="mapping__sentences small">
          {sentences.map((sentence) => (
            <li key={sentence}>
              <Icon name="warning" size={14} />
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
