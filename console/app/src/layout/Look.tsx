import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import CssBaseline from '@mui/material/CssBaseline'
import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { theme } from './theme.js'

/** Lets styles pass the content security policy, whose nonce the service writes into the page. */
const nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content') ?? ''
const cache = createCache({ key: 'css', nonce })

const calm = (
  <GlobalStyles
    styles={{
      // what has the focus is never behind the bars
      html: { scrollPaddingTop: 80, scrollPaddingBottom: 160 },
      '@media (prefers-reduced-motion: reduce)': {
        '*, *::before, *::after': {
          animationDuration: '0.01ms !important',
          animationIterationCount: '1 !important',
          transitionDuration: '0.01ms !important',
          scrollBehavior: 'auto !important',
        },
      },
    }}
  />
)

export function Look({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme} defaultMode="system" noSsr>
        <CssBaseline enableColorScheme />
        {calm}
        {children}
      </ThemeProvider>
    </CacheProvider>
  )
}
