/**
 * Rows are cut into other batches since sources are read in strips: a run that was left unfinished before counts as one of
 * another version, and so is begun again.
 */
export const readingOrder = `
UPDATE runs SET software_version = software_version || ', read in rows' WHERE state <> 'complete';
`;
