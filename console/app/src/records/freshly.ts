import { keyframes } from '@mui/material/styles'

const fade = () =>
  keyframes({ from: { backgroundColor: 'var(--fresh)' }, to: { backgroundColor: 'transparent' } })

// two of them, as an animation begins again only where its name changes
const fades = [
  fade(),
  keyframes({ from: { backgroundColor: 'var(--fresh)' }, to: { backgroundColor: 'initial' } }),
]

/** Marks for a moment what has come to a version while it was looked at; nothing for what has not. */
export function freshly(version: number | undefined) {
  if (version === undefined) return {}
  return {
    '--fresh': 'color-mix(in srgb, var(--mui-palette-primary-main) 22%, transparent)',
    animation: `${String(fades[version % 2])} 2.5s ease-out`,
  }
}
