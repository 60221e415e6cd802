import type { Feed, FeedEvent, FeedListener } from './feed.js'

/** One connection for all listeners of a page: made for the first of them, ended with the last. */
export class SharedFeed {
  readonly #feed: Feed
  readonly #listeners = new Set<FeedListener>()
  #connection: AbortController | undefined
  #synced = false

  constructor(feed: Feed) {
    this.#feed = feed
  }

  /** @returns what ends it */
  subscribe(listener: FeedListener): () => void {
    const own: FeedListener = (event) => {
      listener(event)
    }
    this.#listeners.add(own)
    if (this.#connection === undefined) this.#connect()
    else if (this.#synced) own({ kind: 'synced' }) // as it was told before this listener came
    return () => {
      this.#listeners.delete(own)
      if (this.#listeners.size > 0) return
      this.#connection?.abort()
      this.#connection = undefined
    }
  }

  #connect(): void {
    const connection = new AbortController()
    this.#connection = connection
    this.#synced = false
    const tell = (event: FeedEvent) => {
      if (event.kind === 'synced') this.#synced = true
      if (event.kind === 'disconnected') this.#synced = false
      for (const listener of this.#listeners) listener(event)
    }
    this.#feed
      .follow({ signal: connection.signal }, tell)
      .catch((cause: unknown) => {
        tell({ kind: 'refused', cause: cause instanceof Error ? cause : new Error(String(cause)) })
      })
      .finally(() => {
        // so that whoever subscribes next tries again
        if (this.#connection === connection) this.#connection = undefined
      })
  }
}
