import { use } from 'react'
import { FormValues } from '../../records/formValues.js'
import type { EditorProps } from '../../records/kind.js'
import { useFormats } from '../../texts/useFormats.js'
import { useCatalogs } from '../choices.js'
import { titleOf } from '../names.js'
import { useMetahub } from '../useMetahub.js'
import { useTitles } from '../useTitles.js'
import { PickEditor } from './PickEditor.js'

/** The catalog whose elements are the values of an attribute; of references only. */
export function CatalogEditor(props: EditorProps) {
  const { language } = useFormats()
  const catalogs = useCatalogs()
  const title = useTitles(useMetahub().catalogs)
  const isReference = use(FormValues)('type') === 'REF'
  if (!isReference && props.value === null) return null
  const options = catalogs.map((catalog) => ({
    id: catalog.id,
    title: titleOf(catalog, language),
    about: catalog.codename,
  }))
  return <PickEditor {...props} options={options} title={title} />
}
