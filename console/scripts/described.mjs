/**
 * What a running service says of itself, as far as types are made from it.
 *
 * @param {string} service its address
 */
export async function described(service) {
  const answer = await fetch(new URL('/v3/api-docs', service))
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
  const { openapi, info, components } = await answer.json()
  return { openapi, info, paths: {}, components: { schemas: withoutExamples(components.schemas) } }
}

/** @param {unknown} value */
function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'example' && name !== 'examples')
      .map(([name, inner]) => [name, withoutExamples(inner)]),
  )
}
