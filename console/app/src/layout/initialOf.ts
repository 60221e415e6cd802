/** The first letter of a name, for a picture of somebody. */
export function initialOf(name: string): string {
  return Array.from(name)[0]?.toLocaleUpperCase() ?? ''
}
