import { Feed } from './feed.js'
import { Records } from './records.js'
import {
  attributes,
  catalogs,
  customers,
  elements,
  hubs,
  type AnyRecord,
  type Attribute,
  type AttributeFields,
  type Catalog,
  type CatalogFields,
  type Customer,
  type CustomerFields,
  type Element,
  type ElementFields,
  type Hub,
  type HubFields,
  type Resource,
} from './resource.js'
import { CALLS, CONFLICTS, CONNECTIONS, systemTiming, type RetryPolicy, type Timing } from './retry.js'
import { SharedFeed } from './shared-feed.js'
import { Transport, type TokenSource } from './transport.js'

export interface ClientOptions {
  /** Where the service is; empty for where the page comes from. */
  readonly url?: string
  readonly token: TokenSource
  readonly fetch?: typeof fetch
  readonly timing?: Timing
  /** How often to ask again where no answer came. */
  readonly calls?: RetryPolicy
  /** How often to apply a change again where others were first. */
  readonly conflicts?: RetryPolicy
  readonly connections?: RetryPolicy
}

export interface Metahub {
  readonly hubs: Records<Hub, HubFields>
  readonly catalogs: Records<Catalog, CatalogFields>
  readonly attributes: Records<Attribute, AttributeFields>
  readonly elements: Records<Element, ElementFields>
}

/** The service, as one person sees it. */
export class UnlostClient {
  readonly customers: Records<Customer, CustomerFields>
  readonly feed: Feed
  /** One connection to the feed for all parts of a page. */
  readonly live: SharedFeed
  readonly #transport: Transport
  readonly #conflicts: RetryPolicy

  constructor(options: ClientOptions) {
    // fetch must be called as the window's own
    const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
    const timing = options.timing ?? systemTiming
    this.#transport = new Transport(options.url ?? '', options.token, fetcher, timing, options.calls ?? CALLS)
    this.#conflicts = options.conflicts ?? CONFLICTS
    this.feed = new Feed(this.#transport, options.connections ?? CONNECTIONS)
    this.live = new SharedFeed(this.feed)
    this.customers = this.records(customers)
  }

  metahub(name: string): Metahub {
    return {
      hubs: this.records(hubs(name)),
      catalogs: this.records(catalogs(name)),
      attributes: this.records(attributes(name)),
      elements: this.records(elements(name)),
    }
  }

  records<R extends AnyRecord, F extends object>(resource: Resource<R, F>): Records<R, F> {
    return new Records(resource, this.#transport, this.#conflicts)
  }
}
