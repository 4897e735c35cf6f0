import type { DomainError } from './failure.ts';
import { unreachable } from './failure.ts';

/**
 * One readable sentence per error kind: which file, what is wrong, what to do. The command line prints it, the window
 * shows it. A new kind does not compile until it has its sentence here.
 */
export function describeError(error: DomainError): string {
  switch (error.kind) {
    case 'file-not-found':
      return `${error.path}: there is no such file. Check the spelling of the path.`;
    case 'list-input-missing':
      return `${error.what}: neither it nor a file of the same content lies in ${error.folders.join(' or ')}. Name its folder with --in.`;
    case 'file-unreadable':
      return `${error.path}: cannot be read (${error.why}).`;
    case 'file-unwritable':
      return `${error.path}: cannot be written (${error.why}).`;
    case 'file-kind-unknown':
      return `${error.path}: is not ${error.wanted}.`;
    case 'fits-not-fits':
      return `${error.path}: is not a FITS file (it does not begin with "SIMPLE  ="). Give a FITS image or table.`;
    case 'fits-truncated':
      return (
        `${error.path}: is cut short: its headers promise ${error.expectedBytes} bytes, the file has ` +
        `${error.actualBytes}. Copy or download it again.`
      );
    case 'fits-unsupported':
      return `${error.path}: uses ${error.what}, which Lobate does not read.`;
    case 'fits-header-invalid':
      return `${error.path}: has a broken FITS header (${error.what}).`;
    case 'fits-data-invalid':
      return `${error.path}: has broken data (${error.what}). Copy or download it again.`;
    case 'fits-no-image':
      return `${error.path}: holds no image. Give the mosaic, not a catalogue.`;
    case 'fits-no-table':
      return `${error.path}: holds no table. Give the catalogue, not an image.`;
    case 'table-column-missing':
      return `${error.path}: has no column ${error.column}.`;
    case 'wcs-missing':
      return `${error.path}: has no celestial coordinates (no RA/Dec or longitude/latitude axes), so sources cannot be placed on it.`;
    case 'wcs-unsupported':
      return `${error.path}: has coordinates Lobate cannot follow exactly (${error.what}), so it is refused rather than misplaced.`;
    case 'catalogue-column-missing':
      return `${error.path}: has no column ${error.column}, which Lobate needs. Its columns are: ${error.found}.`;
    case 'catalogue-empty':
      return `${error.path}: has no rows.`;
    case 'catalogue-unit-unknown':
      return `${error.path}: column ${error.column} has the unit "${error.unit}", which Lobate cannot convert. Convert it in the file, or take another column (--map).`;
    case 'catalogue-column-not-numeric':
      return `${error.path}: column ${error.column} does not hold one number per row.`;
    case 'catalogue-value-out-of-range':
      return (
        `${error.path}: column ${error.column} is ${error.value} in row ${error.row}, outside ${error.range}. ` +
        `Check the column's unit.`
      );
    case 'catalogue-rows-differ':
      return `${error.path}: has ${error.actual} rows where ${error.expected} were expected.`;
    case 'catalogue-link-missing':
      return `${error.path}: its rows cannot be joined to the source catalogue; it needs ${error.wanted}.`;
    case 'model-not-found':
      return (
        `There is no model "${error.id}". ` +
        (error.available.length === 0 ? 'No model is installed.' : `Installed: ${error.available.join(', ')}.`)
      );
    case 'model-of-run-gone':
      return (
        `"${error.id}", whose probabilities are shown, is no longer installed with the weights that made them. ` +
        `Install it again, or classify with another model.`
      );
    case 'model-invalid':
      return `${error.path}: is not a usable model (${error.why}).`;
    case 'model-hash-mismatch':
      return (
        `${error.path}: its SHA-256 is ${error.actual.slice(0, 12)}…, not ${error.expected.slice(0, 12)}… as its ` +
        `model.json says: the weights were changed or damaged. Install the model again.`
      );
    case 'model-input-mismatch':
      return `Model ${error.id} does not fit these inputs: ${error.why}.`;
    case 'recipe-invalid':
      return `Recipe ${error.name} is not valid: ${error.why}.`;
    case 'network-unknown':
      return `There is no network "${error.id}". Networks: ${error.available.join(', ')}.`;
    case 'labels-invalid':
      return `${error.path}: cannot be used as labels: ${error.why}.`;
    case 'training-data-insufficient':
      return `Training cannot start: ${error.why}.`;
    case 'checkpoint-invalid':
      return `${error.path}: this checkpoint ${error.why}. Remove it to start over.`;
    case 'training-not-found':
      return `There is no training "${error.id}" in this project.`;
    case 'memory-insufficient':
      return `There is not enough memory for ${error.what}. Take a smaller batch or network, or close other programs; what was stored is kept.`;
    case 'evaluation-on-training-rows':
      return (
        `${error.path}: ${error.rows} of these rows were used to train this model (mc_dl_dataset 1 or 3), so numbers over ` +
        `them would flatter it. Evaluate the others (--subset held-out), or insist with --force, which marks the result.`
      );
    case 'project-in-use':
      return `${error.path}: is open in another Lobate. Close it there first.`;
    case 'project-invalid':
      return `${error.path}: is not a Lobate project (${error.why}).`;
    case 'project-newer':
      return (
        `${error.path}: was written by a newer Lobate (project version ${error.version}; this one reads up to ` +
        `${error.supported}). Update Lobate to open it.`
      );
    case 'project-input-missing':
      return `${error.path}: belongs to this project but is no longer there. Put it back, or open the project with its new place.`;
    case 'project-none-open':
      return 'No field is open. Open a mosaic and a catalogue first.';
    case 'run-in-progress':
      return 'A run is in progress. Wait for it or cancel it first.';
    case 'run-not-found':
      return `This project has no run ${error.id}.`;
    case 'worker-died':
      return `The worker process died (${error.why}).`;
    case 'device-failed':
      return `${error.device} failed (${error.why}).`;
    case 'cancelled':
      return 'Cancelled.';
    case 'samp-no-hub':
      return `No SAMP hub was found (${error.why}). Start TOPCAT or Aladin, which bring one, and connect again.`;
    case 'samp-failed':
      return `SAMP: ${error.why}.`;
    case 'samp-address-refused':
      return `${error.address}: is not opened, since ${error.why}.`;
    case 'argument-invalid':
      return `${error.name}: ${error.why}.`;
    case 'path-not-allowed':
      return `${error.path}: lies outside the folders that this server may show. Start it with --allow DIR to add one.`;
    default:
      return unreachable(error);
  }
}
