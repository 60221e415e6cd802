import { Navigate, Route, Routes } from 'react-router'
import { NotFoundPage } from '../layout/NotFoundPage.js'
import { AttributePage, NewAttributePage } from './pages/AttributePage.js'
import { AttributesPage } from './pages/AttributesPage.js'
import { CatalogPage, NewCatalogPage } from './pages/CatalogPage.js'
import { CatalogsPage } from './pages/CatalogsPage.js'
import { ElementPage, NewElementPage } from './pages/ElementPage.js'
import { ElementsPage } from './pages/ElementsPage.js'
import { HubPage, NewHubPage } from './pages/HubPage.js'
import { HubsPage } from './pages/HubsPage.js'
import { lastMetahub } from './useMetahub.js'

/** The pages of metahubs: below a metahub its hubs and catalogs, below a catalog its attributes and elements. */
export function MetahubPage() {
  return (
    <Routes>
      <Route index element={<Navigate to={`${lastMetahub()}/catalogs`} replace />} />
      <Route path=":metahub">
        <Route index element={<Navigate to="catalogs" replace />} />
        <Route path="hubs" Component={HubsPage} />
        <Route path="hubs/new" Component={NewHubPage} />
        <Route path="hubs/:id" Component={HubPage} />
        <Route path="catalogs" Component={CatalogsPage} />
        <Route path="catalogs/new" Component={NewCatalogPage} />
        <Route path="catalogs/:id" Component={CatalogPage} />
        <Route path="catalogs/:catalog/attributes" Component={AttributesPage} />
        <Route path="catalogs/:catalog/attributes/new" Component={NewAttributePage} />
        <Route path="catalogs/:catalog/attributes/:id" Component={AttributePage} />
        <Route path="catalogs/:catalog/elements" Component={ElementsPage} />
        <Route path="catalogs/:catalog/elements/new" Component={NewElementPage} />
        <Route path="catalogs/:catalog/elements/:id" Component={ElementPage} />
      </Route>
      <Route path="*" Component={NotFoundPage} />
    </Routes>
  )
}
