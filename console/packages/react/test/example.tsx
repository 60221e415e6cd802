// The example of the README, to be compiled.
import { UnlostClient, type Customer } from '@unlost/client'
import { ConflictResolutionDialog, useLiveRecord, useOptimisticLock } from '@unlost/react'
import { useState } from 'react'

declare const client: UnlostClient

export function PhoneForm({ begun }: { begun: Customer }) {
  const [customer, setCustomer] = useState(begun)
  const [phone, setPhone] = useState(begun.phone ?? '')
  const take = (now: Customer) => {
    setCustomer(now)
    setPhone(now.phone ?? '')
  }
  const lock = useOptimisticLock(client.customers, { onSaved: take, onReload: take })
  const { news } = useLiveRecord(client.customers, customer.id, client.live, { since: customer.version })

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void lock.handleUpdate(customer, { phone: phone === '' ? null : phone })
      }}
    >
      {news !== null && <p role="status">{news.actor} has just changed this.</p>}
      <label>
        Phone
        <input
          value={phone}
          onChange={(event) => {
            setPhone(event.target.value)
          }}
        />
      </label>
      <button disabled={lock.isSaving}>Save</button>
      <ConflictResolutionDialog lock={lock} fieldLabel={(field) => (field === 'phone' ? 'Phone' : field)} />
    </form>
  )
}
