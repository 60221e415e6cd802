import type { ReactNode } from 'react'
import { PageTitle } from '../layout/PageTitle.js'
import { BackLink } from '../records/BackLink.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { CatalogPlaces } from './CatalogPlaces.js'
import { titleOf } from './names.js'
import { NewButton } from '../records/NewButton.js'
import { RecordTable, type RecordTableProps } from './RecordTable.js'
import type { OpenCatalog } from './useCatalog.js'
import { useMetahub } from './useMetahub.js'

interface CatalogListProps<R> extends RecordTableProps<R> {
  readonly of: OpenCatalog
  /** What comes above the list. */
  readonly children?: ReactNode
}

/** The page of what there is in a catalog: its elements, or its attributes. */
export function CatalogList<R extends { readonly id: string }>(props: CatalogListProps<R>) {
  const { of, children, ...table } = props
  const { kind } = table
  const { id, catalog } = of
  const text = useText()
  const { language } = useFormats()
  const metahub = useMetahub()
  return (
    <>
      <PageTitle
        title={catalog === undefined ? kind.listName : titleOf(catalog, language)}
        above={<BackLink kind={{ path: `${metahub.path}/catalogs`, listName: text('metahub.catalogs') }} />}
        actions={<NewButton kind={kind} />}
      />
      <CatalogPlaces metahub={metahub} id={id} catalog={catalog} />
      {children}
      <RecordTable {...table} />
    </>
  )
}
