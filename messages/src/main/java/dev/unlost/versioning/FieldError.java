package dev.unlost.versioning;

/**
 * Why one field of a write was refused.
 *
 * @param field the field's public name; members are joined by a dot, e.g. {@code address.country}
 * @param code stable, e.g. {@code too-long}
 * @param message for people, English
 */
public record FieldError(String field, String code, String message) {}
