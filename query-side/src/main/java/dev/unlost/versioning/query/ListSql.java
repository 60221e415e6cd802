package dev.unlost.versioning.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement that is put together from conditions, with the values of its parameters. */
public final class ListSql {

    /**
     * What PostgreSQL's planner is told with every list. A rare value wants another index than a common one, and a
     * prepared statement's generic plan would pick one for all. And whatever share of a small table is the factory's now:
     * a list never reads all factories' rows.
     */
    public static final String PLANNING =
            "set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)";

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param values of the parameters in that part, in order
     * @return this
     */
    public ListSql add(String part, Object... values) {
        text.append(part);
        Collections.addAll(parameters, values);
        return this;
    }

    public String text() {
        return text.toString();
    }

    /** @return the values of all parameters, in order */
    public List<Object> parameters() {
        return Collections.unmodifiableList(parameters);
    }
}
