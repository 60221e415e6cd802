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

  /**
   * Gives the connection up for a new one, as where the network has come back. What happens in between is not told one by
   * one: once the new connection is there, `reset` says that everything is to be read again.
   */
  reconnect(): void {
    if (this.#listeners.size === 0) return
    this.#connection?.abort()
    this.#connect(true)
  }

  #connect(isAnother = false): void {
    const connection = new AbortController()
    this.#connection = connection
    this.#synced = false
    let hasMissed = isAnother
    const tell = (event: FeedEvent) => {
      if (this.#connection !== connection) return // given up
      if (event.kind === 'synced') this.#synced = true
      if (event.kind === 'disconnected') this.#synced = false
      if (hasMissed && (event.kind === 'synced' || event.kind === 'change')) {
        hasMissed = false
        this.#toAll({ kind: 'reset' })
      }
      this.#toAll(event)
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

  #toAll(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
