import { createTheme } from '@mui/material/styles'

const SYSTEM_FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans", "Noto Sans JP", "Helvetica Neue", sans-serif'

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#0b6b6b', contrastText: '#ffffff' },
        secondary: { main: '#8a5200' },
        error: { main: '#b3261e' },
        success: { main: '#1b7340' },
        background: { default: '#f5f7f7', paper: '#ffffff' },
        text: { primary: '#172121', secondary: '#4d5b5b' },
        divider: '#dbe3e3',
      },
    },
    dark: {
      palette: {
        primary: { main: '#6fd3c9', contrastText: '#04211f' },
        secondary: { main: '#ffc453' },
        error: { main: '#ffb4ab' },
        success: { main: '#7fdca0' },
        background: { default: '#0f1515', paper: '#171f1f' },
        text: { primary: '#e7efee', secondary: '#a9b8b7' },
        divider: '#2c3838',
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: SYSTEM_FONTS,
    h1: { fontSize: '1.625rem', fontWeight: 650, letterSpacing: '-0.01em', lineHeight: 1.25 },
    h2: { fontSize: '1.125rem', fontWeight: 650, lineHeight: 1.35 },
    h3: { fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiAppBar: { defaultProps: { elevation: 0, color: 'default' } },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    MuiTooltip: { defaultProps: { arrow: true } },
    MuiAlert: {
      styleOverrides: {
        root: ({ theme: { breakpoints } }) => ({ [breakpoints.down('sm')]: { flexWrap: 'wrap' } }),
        message: ({ theme: { breakpoints } }) => ({
          minWidth: 0,
          overflowWrap: 'anywhere',
          flexGrow: 1,
          flexBasis: 0,
          // a wide action comes below
          [breakpoints.down('sm')]: { flexBasis: '65%' },
        }),
        action: { flexShrink: 0, flexWrap: 'wrap', justifyContent: 'flex-end' },
      },
    },
    MuiTableCell: { styleOverrides: { head: { wordBreak: 'keep-all' } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
    MuiButtonBase: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          '&.Mui-focusVisible': {
            outline: `2px solid ${vars.palette.primary.main}`,
            outlineOffset: 2,
          },
        }),
      },
    },
  },
})
