package dev.unlost.feed.query;

/** An event is stored that this version of the service does not understand. It must not be passed over. */
final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEvent(LoggedEvent event, Throwable cause) {
        super(
                "event " + event.position().index() + " of type " + event.payloadType() + " revision "
                        + event.payloadRevision() + " cannot be read",
                cause);
    }
}
