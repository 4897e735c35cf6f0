import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import type { Figure } from '../../../figures/figure.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { Icon } from '../../components/Icon.tsx';
import { csvFile, JOURNAL_WIDTHS_MM, pdfFile, pngFile, saveBlob, svgFile } from './save-figure.ts';
import type { JournalWidth } from './save-figure.ts';

const FORMATS = [
  { name: 'PDF', ending: 'pdf', make: pdfFile },
  {
    name: 'SVG',
    ending: 'svg',
    make: (figure: Figure, width: JournalWidth) => Promise.resolve(svgFile(figure, width)),
  },
  { name: 'PNG, 600 dpi', ending: 'png', make: pngFile },
] as const;

interface FigureMenuProps {
  /** Asked when something is saved: the menu is not drawn again with each step of a threshold. Undefined before the first. */
  readonly figureNow: () => Figure | undefined;
}

/** Saves the figure at the widths of a journal, its numbers, or its caption. */
export const FigureMenu = memo(function FigureMenu({ figureNow }: FigureMenuProps) {
  const withFigure = (act: (figure: Figure) => void) => () => {
    const figure = figureNow();
    if (figure !== undefined) act(figure);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Save the figure" title="Save the figure, its numbers or its caption">
          <Icon name="download" size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {JOURNAL_WIDTHS_MM.map((width) => (
          <div key={width}>
            <Menu.Label>{width === 84 ? 'One column, 84 mm' : 'Two columns, 174 mm'}</Menu.Label>
            {FORMATS.map(({ name, ending, make }) => (
              <Menu.Item
                key={ending}
                onClick={withFigure((figure) => save(make(figure, width), `${figure.name}-${width}mm.${ending}`))}
              >
                {name}
              </Menu.Item>
            ))}
          </div>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={withFigure((figure) => saveBlob(csvFile(figure), `${figure.name}.csv`))}>
          Numbers (CSV)
        </Menu.Item>
        <Menu.Item onClick={withFigure(copyCaption)}>Copy caption</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});

function save(make: Promise<Blob>, name: string): void {
  make.then((blob) => saveBlob(blob, name)).catch((error: unknown) => notifyError('The figure was not saved', error));
}

function copyCaption({ caption }: Figure): void {
  navigator.clipboard.writeText(caption).then(
    () => notify('info', 'The caption is on the clipboard.'),
    (error: unknown) => notifyError('The caption was not copied', error),
  );
}
