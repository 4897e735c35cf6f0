import { Tooltip } from '@mantine/core';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { count, fixed, significant } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { showPanel } from '../../state/dock.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { LabelFacts } from '../labels/LabelFacts.tsx';
import { ModelFacts } from './ModelFacts.tsx';

const SISG_WORDS =
  'Small, isolated, single Gaussian: class S without asking the network. Click for the rules, what each takes out, and their thresholds.';

/** Catalogue families as astronomers write them. */
const DIALECT_NAMES: Partial<Record<string, string>> = {
  lotss: 'LoTSS',
  pybdsf: 'PyBDSF',
  'feature-table': 'feature table',
  aegean: 'Aegean',
  selavy: 'Selavy',
  sofia: 'SoFiA',
};

/** What the field is made of, and with what it is classified. */
export function FieldPanel({ project }: { readonly project: ProjectSummary }) {
  const { catalogue } = project;
  const setView = useView((state) => state.set);
  const warnings = project.notices.filter(({ level }) => level === 'warning');
  return (
    <Panel
      title="Field"
      aside={
        warnings.length > 0 && (
          <Tooltip label={warnings[0]?.message} multiline maw={320}>
            <a
              href="#notices"
              className="field__notices"
              aria-label={`${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}, at the end of this panel`}
            >
              <Icon name="warning" size={13} />
              {warnings.length}
            </a>
          </Tooltip>
        )
      }
    >
      <dl className="facts">
        <dt>Sources</dt>
        <dd>{count(catalogue.rowCount)}</dd>
        <dt>On mosaics</dt>
        <dd>{count(catalogue.onMosaicCount)}</dd>
        <Tooltip label={SISG_WORDS}>
          <dt style={{ cursor: 'help' }}>SISG</dt>
        </Tooltip>
        <dd>
          <button type="button" className="link field__link" title={SISG_WORDS} onClick={() => showPanel('sisg')}>
            {count(catalogue.sisgCount)}
          </button>
        </dd>
        <LabelFacts />
        <dt>Catalogue</dt>
        <dd title={catalogue.path}>
          <button type="button" className="link field__columns" onClick={() => setView({ dialog: 'columns' })}>
            {DIALECT_NAMES[catalogue.dialect] ?? catalogue.dialect}, columns…
          </button>
        </dd>
        <dt>Gaussians</dt>
        <dd>{catalogue.hasGaussians ? 'yes' : 'none'}</dd>
        <dt>LR</dt>
        <dd>{catalogue.hasLikelihoodRatios ? 'yes' : 'none'}</dd>
      </dl>
      <Mosaics project={project} />
      <Heading>Model</Heading>
      <ModelFacts project={project} />
      <Notices notices={project.notices} />
    </Panel>
  );
}

function Heading({ children }: { readonly children: string }) {
  return (
    <div className="panel__header" style={{ borderTop: '1px solid var(--line)', borderBottom: 0 }}>
      <h2>{children}</h2>
    </div>
  );
}

/** `JY/BEAM` and its like as they are written in papers; any other unit as the header has it. */
function unitText(unit: string): string {
  return /^jy\s*\/?\s*beam(?:\^?-1)?$/i.test(unit.trim()) ? 'Jy/beam' : unit;
}

function Mosaics({ project }: { readonly project: ProjectSummary }) {
  const goTo = useSelection((state) => state.goTo);
  return (
    <>
      <Heading>{project.mosaics.length === 1 ? 'Mosaic' : `Mosaics ${project.mosaics.length}`}</Heading>
      <ul style={{ listStyle: 'none', margin: 0, padding: '0 12px 8px' }}>
        {project.mosaics.map((mosaic) => (
          <li key={mosaic.path} style={{ lineHeight: '18px', marginBottom: 4 }}>
            <button
              type="button"
              className="link cut"
              style={{ maxWidth: '100%', lineHeight: '22px' }}
              title={`${mosaic.path}\nCentre on it`}
              onClick={() => goTo(mosaic.centreRaDeg, mosaic.centreDecDeg)}
            >
              {mosaic.name}
            </button>
            <div className="quiet small">
              {mosaic.widthPix} × {mosaic.heightPix} px · {significant(mosaic.pixelScaleArcsec, 2)}″ ·{' '}
              {mosaic.projection}
            </div>
            <div className="quiet small">
              {mosaic.beamMajArcsec === null || mosaic.beamMinArcsec === null ? (
                <span style={{ color: 'var(--warning)' }}>no beam in the header</span>
              ) : (
                <>
                  beam {fixed(mosaic.beamMajArcsec, 1)}″ × {fixed(mosaic.beamMinArcsec, 1)}″ · {unitText(mosaic.unit)}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Warnings first and marked; what was done as expected is said quietly after them. */
function Notices({ notices }: { readonly notices: ProjectSummary['notices'] }) {
  if (notices.length === 0) return null;
  const warnings = notices.filter(({ level }) => level === 'warning');
  const others = notices.filter(({ level }) => level === 'info');
  return (
    <>
      <Heading>{warnings.length > 0 ? 'Before trusting a run' : 'From the files'}</Heading>
      <ul id="notices" className="field__sentences small">
        {warnings.map(({ message }) => (
          <li key={message}>
            <span className="field__mark" aria-label="Warning" role="img">
              <Icon name="warning" size={14} />
            </span>
            <span>{message}</span>
          </li>
        ))}
        {others.map(({ message }) => (
          <li key={message} className="quiet">
            {message}
          </li>
        ))}
      </ul>
    </>
  );
}
