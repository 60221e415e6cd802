export interface ServerSentEvent {
  readonly type: string
  readonly data: string
  /** The last id that was told; undefined before the first. */
  readonly id: string | undefined
}

/** Reads an event stream as WHATWG HTML § 9.2.6 says, whatever pieces it comes in. */
export class EventStreamParser {
  /** How long to wait before connecting again, in milliseconds, as the stream asked; 0 where it did not. */
  reconnectionTime = 0
  #rest = ''
  #started = false
  #afterReturn = false
  #type = ''
  #data: string[] = []
  #id: string | undefined

  /** @returns the events that this piece completes */
  read(piece: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    for (const line of this.#lines(piece)) {
      const event = this.#take(line)
      if (event !== undefined) events.push(event)
    }
    return events
  }

  #lines(piece: string): string[] {
    if (piece === '') return []
    let text = piece
    if (!this.#started) text = text.replace(/^\uFEFF/, '')
    this.#started = true
    // a line's end may be cut in two: the return came with the piece before
    if (this.#afterReturn && text.startsWith('\n')) text = text.slice(1)
    this.#afterReturn = piece.endsWith('\r')
    const lines = (this.#rest + text).split(/\r\n|\n|\r/)
    this.#rest = lines.pop() ?? ''
    return lines
  }

  #take(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    switch (field) {
      case 'event':
        this.#type = value
        break
      case 'data':
        this.#data.push(value)
        break
      case 'id':
        if (!value.includes('\0')) this.#id = value
        break
      case 'retry':
        if (/^\d+$/.test(value)) this.reconnectionTime = Number(value)
        break
      // anything else, and a comment, whose field is empty, means nothing
    }
    return undefined
  }

  #dispatch(): ServerSentEvent | undefined {
    const event = { type: this.#type || 'message', data: this.#data.join('\n'), id: this.#id }
    const empty = this.#data.length === 0
    this.#type = ''
    this.#data = []
    return empty ? undefined : event
  }
}
