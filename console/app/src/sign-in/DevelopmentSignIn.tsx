import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import FormControl from '@mui/material/FormControl'
import FormLabel from '@mui/material/FormLabel'
import RadioGroup from '@mui/material/RadioGroup'
import Stack from '@mui/material/Stack'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useEffect, useId, useState, type SyntheticEvent } from 'react'
import { useText } from '../texts/useText.js'
import type { DevelopmentIssuer, People } from './DevelopmentIssuer.js'
import type { Grant, Identity } from './issuer.js'
import { PersonOption } from './PersonOption.js'

const SOMEBODY_ELSE = ''

/** In the development profile: choose who to be, and where. */
export function DevelopmentSignIn(props: { issuer: DevelopmentIssuer; onGrant: (grant: Grant) => void }) {
  const { issuer, onGrant } = props
  const text = useText()
  const [label, factories] = [useId(), useId()]
  const [known, setKnown] = useState<People>({ people: [], factories: [] })
  const [chosen, setChosen] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [factory, setFactory] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  useEffect(() => {
    document.title = `${text('signIn.title')} · Unlost`
  }, [text])
  useEffect(() => {
    issuer.people().then(setKnown, () => undefined) // a name can still be typed
  }, [issuer])

  const sub = chosen ?? known.people[0]?.sub ?? SOMEBODY_ELSE
  const where = (factory ?? known.factories[0] ?? '').trim()
  const person = known.people.find((each) => each.sub === sub) ?? named(name)

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      onGrant(await issuer.choose({ ...person, factory: where }))
    } catch (cause) {
      setFailure(cause instanceof Error ? cause.message : String(cause))
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Typography variant="h1" gutterBottom>
        {text('signIn.title')}
      </Typography>
      <Typography sx={{ color: 'text.secondary', mb: 3 }}>{text('signIn.development')}</Typography>
      <Stack sx={{ gap: 2.5 }}>
        <FormControl>
          <FormLabel id={label} sx={{ mb: 1 }}>
            {text('signIn.person')}
          </FormLabel>
          <RadioGroup
            aria-labelledby={label}
            value={sub}
            onChange={(_, value) => {
              setChosen(value)
            }}
            sx={{ gap: 1 }}
          >
            {known.people.map((each) => (
              <PersonOption
                key={each.sub}
                value={each.sub}
                name={each.nickname ?? each.sub}
                about={each.email}
              />
            ))}
            <PersonOption value={SOMEBODY_ELSE} name={text('signIn.somebodyElse')} about={null} />
          </RadioGroup>
        </FormControl>
        {sub === SOMEBODY_ELSE && (
          <TextField
            label={text('signIn.name')}
            required
            value={name}
            onChange={(event) => {
              setName(event.target.value)
            }}
          />
        )}
        <TextField
          label={text('signIn.factory')}
          required
          value={factory ?? known.factories[0] ?? ''}
          onChange={(event) => {
            setFactory(event.target.value)
          }}
          helperText={text('signIn.factoryHelp')}
          slotProps={{ htmlInput: { list: factories, autoCapitalize: 'none', autoComplete: 'off' } }}
        />
        <datalist id={factories}>
          {known.factories.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {failure !== null && <Alert severity="error">{text('signIn.failed', { reason: failure })}</Alert>}
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          {text('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}

/** Somebody whose name was typed: the same name is the same person. */
function named(name: string): Omit<Identity, 'factory'> {
  const nickname = name.trim()
  return { sub: `dev-${nickname.toLocaleLowerCase('en')}`, nickname, email: null }
}
