import { ActionIcon, Button, createTheme, Menu, Modal, NumberInput, TextInput, Tooltip } from '@mantine/core';

/** Sizes that Mantine counts in rem are 13/16 of their usual pixels: the page's text is 13 px. Three text sizes, system font, one accent. Colours live in theme.css as tokens; this maps Mantine onto them. */
export const theme = createTheme({
  fontFamily: 'var(--lobate-font)',
  fontFamilyMonospace: 'var(--lobate-font-mono)',
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '18px', xl: '18px' },
  headings: { fontFamily: 'var(--lobate-font)', fontWeight: '600' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  // Mantine's dark greys, replaced by the tokens' bluish ones from ink to ground.
  colors: {
    dark: [
      '#e3e7ec',
      '#b8c0c9',
      '#9aa4af',
      '#7d8893',
      '#3a414b',
      '#272c34',
      '#1b1f25',
      '#14171b',
      '#0d0f12',
      '#090a0c',
    ],
  },
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'compact-sm', variant: 'default' },
      styles: { root: { fontWeight: 400 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 24, variant: 'subtle', color: 'gray' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        withArrow: false,
        multiline: true,
        maw: 320,
        fz: 'xs',
        events: { hover: true, focus: true, touch: false },
      },
    }),
    // An open menu starts on its first entry; the placeholder that Mantine would focus is no entry of a menu (ARIA).
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.5 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs', hideControls: true } }),
  },
});
