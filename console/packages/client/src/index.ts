export { UnlostClient, type ClientOptions, type Metahub } from './client.js'
export type {
  AheadConflict,
  Conflict,
  DeletedConflict,
  ExistsConflict,
  FieldChange,
  StaleConflict,
} from './conflict.js'
export {
  ConflictError,
  DeletedError,
  NoAnswerError,
  ProblemError,
  UnlostError,
  type Deleted,
  type Problem,
} from './errors.js'
export { Feed, type Change, type FeedEvent, type FeedListener, type FeedOptions } from './feed.js'
export { difference, fieldsOf, mergePatch, type FieldValues } from './fields.js'
export { VersionGate, type Decision } from './gate.js'
export { isObject, sameJson, type Json } from './json.js'
export { Records, type ListOptions, type Page, type UpdateOptions } from './records.js'
export {
  attributes,
  catalogs,
  customers,
  elements,
  hubs,
  type Address,
  type AnyRecord,
  type Attribute,
  type AttributeFields,
  type Blame,
  type Catalog,
  type CatalogFields,
  type Customer,
  type CustomerFields,
  type Difference,
  type Element,
  type ElementFields,
  type HistoryEntry,
  type Hub,
  type HubFields,
  type LocalizedText,
  type Person,
  type Resource,
} from './resource.js'
export { CALLS, CONFLICTS, CONNECTIONS, type RetryPolicy, type Timing } from './retry.js'
export { SharedFeed } from './shared-feed.js'
export type { TokenSource } from './transport.js'
