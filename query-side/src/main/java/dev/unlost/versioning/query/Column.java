package dev.unlost.versioning.query;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column that holds a field of a record's contents, or something that follows from one. */
public final class Column {

    private final String name;
    private final ColumnType type;
    private final String field;
    private final Function<Object, @Nullable Object> derivation;

    private Column(String name, ColumnType type, String field, Function<Object, @Nullable Object> derivation) {
        this.name = name;
        this.type = type;
        this.field = field;
        this.derivation = derivation;
    }

    /** @return a {@code text} column with the field's value */
    public static Column text(String name, String field) {
        return new Column(name, ColumnType.TEXT, field, value -> value);
    }

    /**
     * @param derivation from the field's value as plain JSON, never null, to the column's
     * @return a {@code text} column with what follows from the field; null where the field has no value
     */
    public static Column text(String name, String field, Function<Object, @Nullable String> derivation) {
        return new Column(name, ColumnType.TEXT, field, derivation::apply);
    }

    /** @return a {@code text[]} column with the field's list */
    public static Column texts(String name, String field) {
        return new Column(name, ColumnType.TEXTS, field, value -> value);
    }

    String name() {
        return name;
    }

    ColumnType type() {
        return type;
    }

    String field() {
        return field;
    }

    @Nullable
    Object valueOf(@Nullable Object fieldValue) {
        return fieldValue == null ? null : derivation.apply(fieldValue);
    }
}
