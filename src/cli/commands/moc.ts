import type { Command } from 'commander';
import { DomainFailure } from '../../core/result/failure.ts';
import { fieldMoc } from '../../services/export/field-moc.ts';
import { closeMosaics, openMosaics } from '../../services/fits-files/open-mosaics.ts';
import { expandMosaics } from '../../services/fits-files/expand-mosaics.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import type { CommandIo } from '../io.ts';
import { softwareVersion } from '../version.ts';

interface MocArguments {
  readonly mosaic: readonly string[];
  readonly out: string;
}

export function registerMoc(program: Command, io: CommandIo): void {
  program
    .command('moc')
    .description('write where the mosaics have finite pixels as a coverage map (MOC) for Aladin, TOPCAT and others')
    .requiredOption('--mosaic <files...>', 'FITS mosaics: files, a folder, or a quoted pattern')
    .requiredOption('--out <file>', '.fits file to write')
    .action(async (options: MocArguments) => writeMoc(options, io));
}

async function writeMoc(options: MocArguments, io: CommandIo): Promise<void> {
  if (!/\.fits$/i.test(options.out)) {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--out', why: 'the file must end in .fits' });
  }
  const mosaics = await openMosaics(await expandMosaics(options.mosaic));
  const bar = io.progress('Looking at mosaics', mosaics.length);
  try {
    const moc = await fieldMoc(mosaics, softwareVersion(), (index) => bar.update(index));
    bar.stop();
    await writeTableFile(options.out, moc);
    io.out(`${mosaics.length} ${mosaics.length === 1 ? 'mosaic' : 'mosaics'} in ${moc.rowCount} cells: ${options.out}`);
  } finally {
    bar.stop();
    await closeMosaics(mosaics);
  }
}
