// The example of the README, to be compiled.
import { ConflictError, UnlostClient, VersionGate } from '@unlost/client'

declare function signIn(options: { again: boolean }): Promise<string>
declare function readAllAgain(): Promise<void>

const client = new UnlostClient({
  url: 'http://localhost:8080', // none for where the page comes from
  token: (rejected) => signIn({ again: rejected !== undefined }),
})

export async function rename(id: string) {
  // reads, changes, sends what differs; again on what others left, where they were first
  await client.customers.update(id, (customer) => ({ ...customer, name: `${customer.name ?? ''} Ltd.` }))

  // for one version, where somebody is to be asked about a conflict
  try {
    await client.customers.updateAt(id, 7, { phone: '+3' })
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    const { reason, updatedByInfo, changes } = error.conflict
    console.log(reason, updatedByInfo?.nickname, changes)
  }
}

export async function follow(signal: AbortSignal) {
  const gate = new VersionGate()
  await client.feed.follow({ signal, type: 'customer' }, (event) => {
    if (event.kind === 'reset') {
      gate.clear()
      void readAllAgain()
    } else if (event.kind === 'change' && gate.offer(event.change.id, event.change.version) !== 'drop') {
      console.log(`${event.change.id} is at version ${event.change.version}`)
    }
  })
}
