import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';
import type { ProjectSummary } from '../../../src/contract/schemas.ts';

/** A catalogue whose columns are found by their names. */
export function fakeColumns(project: () => ProjectSummary) {
  const { columns } = implement(api);
  return columns.router({
    report: columns.report.handler(({ input: { path, ...reading } }) => ({
      path: path ?? project().catalogue.path,
      dialect: 'lotss',
      columns: ['Source_Name', 'Maj', 'DC_Maj'],
      choices: [
        {
          title: 'Maj',
          description: 'Major axis, FWHM',
          isRequired: true,
          found: 'Maj',
          isMapped: false,
          foundByName: 'Maj',
          unit: 'arcsec',
          isUnitAssumed: false,
          problem: null,
          values: ['7.1', '12.0', '6.3'],
        },
      ],
      reading,
      refusal: null,
      warnings: [],
    })),
    reading: columns.reading.handler(() => ({ map: [] })),
    read: columns.read.handler(() => project()),
  });
}
