import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { FailedStart } from './layout/FailedStart.js'
import { Look } from './layout/Look.js'
import { issuerFor } from './sign-in/issuer.js'
import { readSettings } from './sign-in/settings.js'
import { SignIn } from './sign-in/SignIn.js'
import { startTexts } from './texts/startTexts.js'

const root = createRoot(document.getElementById('root') as HTMLElement)

async function start() {
  const [settings] = await Promise.all([readSettings(), startTexts()])
  const signIn = new SignIn(await issuerFor(settings))
  await signIn.start()
  root.render(
    <Look>
      <App signIn={signIn} />
    </Look>,
  )
}

start().catch((cause: unknown) => {
  console.error(cause)
  root.render(
    <Look>
      <FailedStart />
    </Look>,
  )
})
