package dev.unlost.versioning.query;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Reads rows of the factory of the work in progress. Every question is one statement outside of any transaction, which is
 * one round trip, and nothing that is read is kept.
 */
@Component
public class RowReader {

    /**
     * What PostgreSQL's planner is told with every list. A rare value wants another index than a common one, and a
     * prepared statement's generic plan would pick one for all. And whatever share of a small table is the factory's now:
     * a list never reads all factories' rows.
     */
    public static final String LIST_PLANNING =
            "set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)";

    private final SessionFactory sessions;
    private final DataSource rows;
    private final DataSource lists;

    /**
     * @param rows whose queries are for the factory of the work in progress
     * @param lists the same, with {@link #LIST_PLANNING} for each
     */
    RowReader(EntityManagerFactory entities, DataSource rows, @Qualifier("listDataSource") DataSource lists) {
        this.sessions = entities.unwrap(SessionFactory.class);
        this.rows = rows;
        this.lists = lists;
    }

    public <R extends RecordRow<?>> Optional<R> find(Class<R> type, RecordRow.Key key) {
        return read(rows, session -> Optional.ofNullable((@Nullable R) session.get(type, key)));
    }

    /** @param sql selects all columns of the table of those rows, and no others */
    public <R extends RecordRow<?>> List<R> list(Class<R> type, Fragment sql) {
        return read(
                lists,
                session ->
                        bound(session.createNativeQuery(sql.sql(), type), sql).getResultList());
    }

    /** @param sql selects one value, and answers with one row */
    public Object value(Fragment sql) {
        return read(
                lists,
                session -> bound(session.createNativeQuery(sql.sql(), Object.class), sql)
                        .getSingleResult());
    }

    private static <R> NativeQuery<R> bound(NativeQuery<R> query, Fragment sql) {
        for (int i = 0; i < sql.values().size(); i++) {
            query.setParameter(i + 1, sql.values().get(i));
        }
        return query;
    }

    private <A> A read(DataSource source, Function<StatelessSession, A> question) {
        Connection connection = DataSourceUtils.getConnection(source);
        try (StatelessSession session = sessions.openStatelessSession(connection)) {
            return question.apply(session);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }
}
