import { describe, expect, test } from 'vitest';
import { labelRows } from '../../../src/core/catalogue/labels.ts';
import { refusalOf, tableOf } from './catalogue-tables.ts';

describe('a table that is no component catalogue is refused', () => {
  test.each([
    ['no components', { Source_Name: ['A'] }, 'it has no column Component_Name'],
    ['no physical source', { Component_Name: ['A'] }, 'it has no column Source_Name or Parent_Source'],
    [
      'another field',
      { Component_Name: ['Z'], Source_Name: ['Z'] },
      'none of its components is a row of the catalogue',
    ],
  ])('%s', (_, columns, why) => {
    expect(refusalOf(() => labelRows(['A'], tableOf(columns), 'comp.fits'))).toEqual({
      kind: 'labels-invalid',
      path: 'comp.fits',
      why,
    });
  });
});

describe('the association of a component catalogue', () => {
  const names = [
    'single',
    'left',
    'right',
    'blend',
    'whole',
    'wholeInGroup',
    'partner',
    'both',
    'bothPartner',
    'noise',
  ];
  const components = [
    ['single', 'single', ''],
    ['left', 'Double', ''],
    ['right', 'Double', ''],
    ['blend.1', 'BlendA', 'blend'],
    ['blend.2', 'BlendB', 'blend'],
    // Sent to deblending, but every piece came back into one source.
    ['whole.1', 'Whole', 'whole'],
    ['whole.2', 'Whole', 'whole'],
    ['wholeInGroup.1', 'Group', 'wholeInGroup'],
    ['partner', 'Group', ''],
    ['both.1', 'Alone', 'both'],
    ['both.2', 'Shared', 'both'],
    ['bothPartner', 'Shared', ''],
    ['left', 'Double', ''],
  ] as const;
  const labels = labelRows(
    names,
    tableOf({
      Component_Name: components.map(([component]) => component),
      Source_Name: components.map(([, source]) => source),
      Deblended_from: components.map(([, , origin]) => origin),
    }),
    'comp.fits',
  );
  const of = (name: string): unknown[] => {
    const row = names.indexOf(name);
    return [labels.labelClass[row], labels.flag[row], labels.physicalSource[row]];
  };

  test('rows grouped with others are MC', () => {
    expect(of('left')).toEqual(['MC', 8, 'Double']);
    expect(of('right')).toEqual(['MC', 8, 'Double']);
  });
  test('a row alone in its source is S', () => expect(of('single')).toEqual(['S', 1, 'single']));
  test('a row that holds two sources is a blend, class S', () => {
    expect(of('blend')).toEqual(['S', 4, 'BlendA']);
    expect(labels.isBlend[names.indexOf('blend')]).toBe(1);
  });
  test('a row sent to deblending but left whole is S alone and MC in a group', () => {
    expect(of('whole')).toEqual(['S', 3, 'Whole']);
    expect(of('wholeInGroup')).toEqual(['MC', 10, 'Group']);
  });
  test('a row both deblended and grouped is S in evaluation and in no data set', () => {
    expect(of('both')).toEqual(['S', 12, 'Shared']);
    expect(labels.isExcludedFromTraining[names.indexOf('both')]).toBe(1);
    expect(of('bothPartner')).toEqual(['MC', 8, 'Shared']);
  });
  test('a row that the component catalogue leaves out is an artefact, and its own physical source', () => {
    expect(of('noise')).toEqual(['artefact', 0, 'noise']);
  });
});

test('DR2 calls the physical source Parent_Source', () => {
  const table = tableOf({ Component_Name: ['A', 'B'], Source_Name: ['A', 'B'], Parent_Source: ['P', 'P'] });
  expect(labelRows(['A', 'B'], table, 'comp.fits').labelClass).toEqual(['MC', 'MC']);
});

test('a label column is taken at its word; rows it does not name, or cannot decide, are unlabelled', () => {
  const table = tableOf({
    Source_Name: ['P', 'P', 'Q', 'R'],
    Component_Name: ['A', 'B', 'C', 'D'],
    label: ['MC', 'MC', 'S', 'unresolved'],
  });
  const labels = labelRows(['A', 'C', 'D', 'E'], table, 'labels.csv');
  expect(labels.labelClass).toEqual(['MC', 'S', 'unlabelled', 'unlabelled']);
  expect(labels.physicalSource).toEqual(['P', 'Q', 'D', 'E']);
});

describe('a plain list of Source_Name and label', () => {
  test('gives each row its class, and its physical source where Parent_Source says so', () => {
    const table = tableOf({
      Source_Name: ['A', 'B', 'C', 'D', 'E'],
      label: ['MC', 'MC', 'blend', 'artefact', 'S'],
      Parent_Source: ['P', 'P', '', '', ''],
    });
    const labels = labelRows(['A', 'B', 'C', 'D', 'E', 'F'], table, 'labels.csv');
    expect(labels.labelClass).toEqual(['MC', 'MC', 'S', 'artefact', 'S', 'unlabelled']);
    expect(labels.physicalSource).toEqual(['P', 'P', 'C', 'D', 'E', 'F']);
    expect([...labels.isBlend]).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...labels.flag]).toEqual([8, 8, 4, 0, 1, 0]);
  });

  test('is refused where one row is given two classes', () => {
    const table = tableOf({ Source_Name: ['A', 'A'], label: ['MC', 'S'] });
    expect(refusalOf(() => labelRows(['A'], table, 'labels.csv'))).toEqual({
      kind: 'labels-invalid',
      path: 'labels.csv',
      why: 'A is both MC and S',
    });
  });
});

describe('components that go by other names than the rows', () => {
  const ARCSEC = 1 / 3600;
  const positions = { raDeg: Float64Array.of(10, 10.1, 10.2), decDeg: Float64Array.of(20, 20, 20) };
  const table = tableOf({
    Component_Name: ['A', 'other1', 'other2'],
    Source_Name: ['double', 'double', 'lone'],
    'RA [deg]': [10, 10.1, 10.2],
    'DEC [deg]': [20, 20 + 0.05 * ARCSEC, 20 + 3 * ARCSEC],
  });

  test('are the rows at whose positions they lie, within 0.1″, and the counts say so', () => {
    const labels = labelRows(['A', 'B', 'C'], table, 'comp.fits', positions);
    expect(labels.labelClass).toEqual(['MC', 'MC', 'artefact']);
    expect(labels.join).toEqual({
      what: 'labels',
      path: 'comp.fits',
      fileRows: 3,
      joinedRows: 2,
      sourcesByName: 1,
      sourcesById: 0,
      sourcesByPosition: 1,
      sourcesWithout: 1,
    });
  });
  test('are nobody where positions are not known', () => {
    expect(labelRows(['A', 'B', 'C'], table, 'comp.fits').labelClass).toEqual(['MC', 'artefact', 'artefact']);
  });
});
