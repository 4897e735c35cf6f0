import { describe, expect, it } from 'vitest';
import { chosenRole, NO_CHOICE, roleOf, toggled, without } from '../../../src/renderer/state/file-roles.ts';

describe('the role of a file by its name', () => {
  it.each([
    ['P205+55-mosaic.fits', 'mosaic'],
    ['mosaic-blanked.fits', 'mosaic'],
    ['P205+55.srl.fits', 'catalogue'],
    ['catalog_shimwell_reduced.srl.fits', 'catalogue'],
    ['image.pybdsf_srl', 'catalogue'],
    ['LOFAR_HBA_T1_DR1_catalog_v1.0.srl.fits', 'catalogue'],
    ['LOFAR_HBA_T1_DR1_catalog_v0.9.gaus.fits', 'gaussians'],
    ['demo.gaul.fits', 'gaussians'],
    ['demo.components.fits', 'catalogue'],
    ['sources_lr.fits', 'lr'],
  ])('%s is a %s', (name, role) => {
    expect(roleOf(name, 'fits')).toBe(role);
  });

  it('a table that is no FITS file is a catalogue', () => {
    expect(roleOf('field.csv', 'table')).toBe('catalogue');
  });
});

describe('the choice of files', () => {
  it('takes several mosaics but one catalogue, and forgets a file taken out', () => {
    let choice = toggled(toggled(NO_CHOICE, 'a.fits', 'mosaic'), 'b.fits', 'mosaic');
    choice = toggled(toggled(choice, 'c.srl.fits', 'catalogue'), 'd.srl.fits', 'catalogue');
    expect(choice.mosaics).toEqual(['a.fits', 'b.fits']);
    expect(choice.catalogue).toBe('d.srl.fits');
    expect(chosenRole(choice, 'c.srl.fits')).toBeUndefined();
    expect(without(without(choice, 'a.fits'), 'd.srl.fits')).toEqual({ ...NO_CHOICE, mosaics: ['b.fits'] });
  });
});
