/** How people sign in here, as the service says. */
export type Settings =
  | { readonly development: true }
  | {
      readonly development: false
      readonly issuer: string
      readonly clientId: string
      readonly scope: string
      readonly audience?: string
    }

/** The page asks for them at once, before its scripts are there: the same request, therefore. */
export async function readSettings(): Promise<Settings> {
  const answer = await fetch(`${import.meta.env.BASE_URL}settings.json`)
  if (!answer.ok) throw new Error(`the settings cannot be read: ${answer.status}`)
  return (await answer.json()) as Settings
}
