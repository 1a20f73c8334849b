import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import classes from './theme.module.css'

const accent: MantineColorsTuple = [
  '#eef0ff',
  '#dfe3ff',
  '#c3caff',
  '#a5b0ff',
  '#8593ff',
  '#6473f2',
  '#4053dc',
  '#3445c2',
  '#2b39a3',
  '#232f86'
]

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Cantarell, "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13.5px', lg: '15px', xl: '18px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'default',
  components: {
    Button: {
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: classes['button'] }
    },
    InputWrapper: {
      classNames: {
        label: classes['label'],
        description: classes['description'],
        error: classes['error']
      }
    },
    Input: { classNames: { input: classes['input'] } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120, transition: 'fade' }, centered: true },
      classNames: {
        content: classes['modal'],
        header: classes['modalHeader'],
        title: classes['modalTitle'],
        body: classes['modalBody']
      }
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } }
  }
})

/** Mantine's own surfaces in our colours, so that there is one palette. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--rd-surface)',
    '--mantine-color-text': 'var(--rd-text)',
    '--mantine-color-dimmed': 'var(--rd-dim)',
    '--mantine-color-error': 'var(--rd-bad)',
    '--mantine-color-placeholder': 'var(--rd-dim)',
    '--mantine-color-default': 'var(--rd-surface)',
    '--mantine-color-default-hover': 'var(--rd-field)',
    '--mantine-color-default-color': 'var(--rd-text)',
    '--mantine-color-default-border': 'var(--rd-line)'
  },
  light: {},
  dark: {}
})
