import type { components } from './schema.js'

type Schemas = components['schemas']

/** As the service answers: every member is there, null where it has no value. */
type Whole<R extends { deleted?: true }> = Required<Omit<R, 'deleted'>> & { deleted?: true }

export type Address = Schemas['Address']
export type LocalizedText = Schemas['LocalizedText']
export type Customer = Whole<Schemas['Customer']>
export type Hub = Whole<Schemas['Hub']>
export type Catalog = Whole<Schemas['Catalog']>
export type Attribute = Whole<Schemas['Attribute']>
export type Element = Whole<Schemas['Element']>

/** What a writer may set. */
export type CustomerFields = Schemas['CustomerFields']
export type HubFields = Schemas['HubFields']
export type CatalogFields = Schemas['CatalogFields']
export type AttributeFields = Schemas['AttributeFields']
export type ElementFields = Schemas['ElementFields']

export type HistoryEntry = Schemas['HistoryEntry']
export type Difference = Schemas['Difference']
export type Blame = Schemas['Blame']
export type Person = Schemas['PersonInfo']

export interface AnyRecord {
  readonly id: string
}

/**
 * One kind of record.
 *
 * @typeParam R what the service answers with
 * @typeParam F what may be set
 */
export interface Resource<R extends AnyRecord, F extends object> {
  /** As the feed and conflicts name it. */
  readonly type: string
  /** Where its records are. */
  readonly path: string
  /** The metahub that the records belong to; none of customers. */
  readonly namespace?: string
  /** The members that may be set. */
  readonly fields: readonly (keyof F & string)[]
  /** The field whose members are fields of their own, each with changes and conflicts of its own. */
  readonly nested?: keyof F & string
  readonly versionOf: (record: R) => number
  readonly updatedAtOf: (record: R) => string
  readonly updatedByOf: (record: R) => string
}

export const customers: Resource<Customer, CustomerFields> = {
  type: 'customer',
  path: '/api/customers',
  fields: ['name', 'contactName', 'contactTitle', 'email', 'phone', 'address', 'tags', 'notes'],
  versionOf: (record) => record.version,
  updatedAtOf: (record) => record.updatedAt,
  updatedByOf: (record) => record.updatedBy,
}

interface MetahubRecord extends AnyRecord {
  readonly _uplVersion: number
  readonly _uplUpdatedAt: string
  readonly _uplUpdatedBy: string
}

const metahubMembers = {
  versionOf: (record: MetahubRecord) => record._uplVersion,
  updatedAtOf: (record: MetahubRecord) => record._uplUpdatedAt,
  updatedByOf: (record: MetahubRecord) => record._uplUpdatedBy,
}

function at(metahub: string, kind: string) {
  return {
    path: `/api/metahubs/${encodeURIComponent(metahub)}/${kind}`,
    namespace: metahub,
    ...metahubMembers,
  }
}

export function hubs(metahub: string): Resource<Hub, HubFields> {
  return { ...at(metahub, 'hubs'), type: 'hub', fields: ['codename', 'name', 'description'] }
}

export function catalogs(metahub: string): Resource<Catalog, CatalogFields> {
  return {
    ...at(metahub, 'catalogs'),
    type: 'catalog',
    fields: ['codename', 'name', 'description', 'hubs', 'config', 'order'],
  }
}

export function attributes(metahub: string): Resource<Attribute, AttributeFields> {
  return {
    ...at(metahub, 'attributes'),
    type: 'attribute',
    fields: [
      'codename',
      'name',
      'description',
      'catalogId',
      'type',
      'required',
      'constraints',
      'refCatalogId',
      'searchable',
      'order',
    ],
  }
}

export function elements(metahub: string): Resource<Element, ElementFields> {
  return {
    ...at(metahub, 'elements'),
    type: 'element',
    fields: ['codename', 'name', 'description', 'catalogId', 'data', 'order'],
    nested: 'data',
  }
}
