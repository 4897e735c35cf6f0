import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

test('the way from a FITS file to a probability is one chain of five files', () => {
  const steps = filesUnder('src', /\.tsx?$/).flatMap((path) => {
    const step = /^\/\*\*\s*\n \* Data flow (\d)\/5/.exec(readFileSync(path, 'utf8'))?.[1];
    return step === undefined ? [] : [{ step: Number(step), path: path.slice(root.length + 1) }];
  });
  steps.sort((a, b) => a.step - b.step);
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
  const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  for (const { path } of steps.slice(0, 4)) expect(architecture).toContain(path);
});

test('every path in backticks and every link in the documents leads somewhere', () => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...filesUnder('docs', /\.md$/).map((p) => p.slice(root.length + 1)),
  ];
  const dead: string[] = [];
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) =>
      join(dirname(document), match[1]!),
    );
    const paths = [...text.matchAll(/`((?:src|tests|scripts|docs|bench|bin)\/[\w./-]+)`/g)].map((match) => match[1]!);
    for (const target of [...links, ...paths]) if (!existsSync(join(root, target))) dead.push(`${document}: ${target}`);
  }
  expect(dead).toEqual([]);
});

test('no file of the sources is a god file: 400 lines at most', () => {
  const long = filesUnder('src', /\.tsx?$/)
    .map((path) => ({ path: path.slice(root.length + 1), lines: readFileSync(path, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400);
  expect(long).toEqual([]);
});
