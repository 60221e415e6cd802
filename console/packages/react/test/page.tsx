import type { Customer, CustomerFields, FieldValues, Records } from '@unlost/client'
import i18next from 'i18next'
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { ConflictResolutionDialog, locales, useOptimisticLock } from '../src/index.js'

export async function language(lng: string) {
  const i18n = i18next.createInstance()
  await i18n.use(initReactI18next).init({ lng, fallbackLng: 'en', resources: locales })
  return i18n
}

interface FormProps {
  readonly records: Records<Customer, CustomerFields>
  readonly begun: Customer
  readonly edits: FieldValues
}

/** A form that has been filled in already. */
export function Form({ records, begun, edits }: FormProps) {
  const [record, setRecord] = useState(begun)
  const [input, setInput] = useState(edits)
  const take = (now: Customer) => {
    setRecord(now)
    setInput({})
  }
  const lock = useOptimisticLock(records, { onSaved: take, onReload: take })
  return (
    <main>
      <output aria-label="record">{JSON.stringify(record)}</output>
      <output aria-label="input">{JSON.stringify(input)}</output>
      <button onClick={() => void lock.handleUpdate(record, input)}>save</button>
      <ConflictResolutionDialog
        lock={lock}
        fieldLabel={(field) => (field === 'phone' ? 'Phone' : field)}
        personNamed={(sub) => (sub === 'u-2' ? { id: sub, email: null, nickname: 'Bob' } : undefined)}
      />
    </main>
  )
}

export async function page(props: FormProps, lng = 'en') {
  const user = userEvent.setup()
  const i18n = await language(lng)
  const view = render(
    <I18nextProvider i18n={i18n}>
      <Form {...props} />
    </I18nextProvider>,
  )
  return { user, ...view }
}
