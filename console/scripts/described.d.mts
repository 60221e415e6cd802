/** What a running service says of itself, as far as types are made from it. */
export function described(service: string): Promise<object>
