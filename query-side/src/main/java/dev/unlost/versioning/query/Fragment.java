package dev.unlost.versioning.query;

import java.util.List;

/**
 * A piece of SQL.
 *
 * @param sql written here, never by those who ask
 * @param values of its place holders, in order
 */
public record Fragment(String sql, List<Object> values) {

    public Fragment {
        values = List.copyOf(values);
    }

    public static Fragment of(String sql, Object... values) {
        return new Fragment(sql, List.of(values));
    }
}
