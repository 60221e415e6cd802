import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { FailedStart } from './layout/FailedStart.js'
import { Look } from './layout/Look.js'
import { issuerFor } from './sign-in/issuer.js'
import { readSettings } from './sign-in/settings.js'
import { SignIn } from './sign-in/SignIn.js'
import { startTexts } from './texts/startTexts.js'

const root = createRoot(document.getElementById('root') as HTMLElement)

function show(page: ReactNode) {
  root.render(<Look>{page}</Look>)
}

async function start() {
  const [settings] = await Promise.all([readSettings(), startTexts()])
  const signIn = new SignIn(await issuerFor(settings))
  await signIn.start()
  show(<App signIn={signIn} />)
}

start().catch((cause: unknown) => {
  console.error(cause)
  show(<FailedStart />)
})
