package dev.unlost.feed;

/** The text is no cursor at all: no feed of this service ever gave it out. */
public final class MalformedCursor extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedCursor() {
        super("malformed cursor", null, false, false);
    }
}
