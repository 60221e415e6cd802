package dev.unlost.metahub;

/** What values an attribute takes. */
public enum AttributeKind {
    /** Text. */
    STRING,
    /** A number that a double holds. */
    NUMBER,
    BOOLEAN,
    /** A day, RFC 3339 {@code full-date}. */
    DATE,
    /** A time, RFC 3339 {@code date-time}, up to microseconds. */
    DATETIME,
    /** An element of the catalog that the attribute refers to, by its id. */
    REF,
    /** Any JSON. */
    JSON
}
