package dev.unlost.versioning.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.Change;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column that holds fields of a record's contents, or something that follows from them. */
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

    /** @return a {@code bigint} column with the field's whole number */
    public static Column bigint(String name, String field) {
        return new Column(name, ColumnType.BIGINT, field, value -> value);
    }

    /** @return a {@code boolean} column with the field's value */
    public static Column flag(String name, String field) {
        return new Column(name, ColumnType.BOOLEAN, field, value -> value);
    }

    /**
     * @param prefix of the names of fields; empty for all
     * @param derivation from a field's value to the member's; null for no member
     * @return a {@code jsonb} column with an object: a member for each of those fields that has a value, by the rest of
     *     its name
     */
    public static Column members(String name, String prefix, Function<Object, @Nullable Object> derivation) {
        return new Column(name, ColumnType.MEMBERS, prefix, derivation);
    }

    String name() {
        return name;
    }

    ColumnType type() {
        return type;
    }

    /** Whether a change of those fields may change the column. */
    boolean follows(Set<String> changed) {
        return type == ColumnType.MEMBERS
                ? changed.stream().anyMatch(each -> each.startsWith(field))
                : changed.contains(field);
    }

    /** @return how an update sets the column, with one parameter: {@link #changed} */
    String assignment() {
        return type == ColumnType.MEMBERS ? name + " = unlost.merge_members(" + name + ", ?)" : name + " = ?";
    }

    /** @return the column's value for a record with those fields */
    @Nullable
    Object valueOf(Map<String, @Nullable Object> fields) {
        if (type != ColumnType.MEMBERS) {
            return derived(fields.get(field));
        }
        Map<String, Object> members = new TreeMap<>();
        fields.forEach((each, value) -> {
            Object member = each.startsWith(field) ? derived(value) : null;
            if (member != null) {
                members.put(each.substring(field.length()), member);
            }
        });
        return members;
    }

    /** @return what an update sets the column to; of members those that change, null where they go */
    @Nullable
    Object changed(Map<String, Change<?>> changes) {
        if (type != ColumnType.MEMBERS) {
            return derived(requireNonNull(changes.get(field)).to());
        }
        Map<String, @Nullable Object> members = new TreeMap<>();
        changes.forEach((each, change) -> {
            if (each.startsWith(field)) {
                members.put(each.substring(field.length()), derived(change.to()));
            }
        });
        return members;
    }

    private @Nullable Object derived(@Nullable Object fieldValue) {
        return fieldValue == null ? null : derivation.apply(fieldValue);
    }
}
