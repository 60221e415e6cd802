package dev.unlost.app.architecture.bad.client;

import dev.unlost.versioning.RecordKey;

/** A client that knows more than HTTP. */
record KnowingClient(RecordKey key) {}
