package dev.unlost.benchmarks.report;

/** What the document says whatever the figures are. */
final class Prose {

    private Prose() {}

    static final String BEGINNING = """
            # Benchmarks

            Written by `benchmarks/run`; what is changed here by hand is lost (`benchmarks/notes.md` is the place for that).

            ```sh
            benchmarks/run                        # everything
            benchmarks/run updates reads --quick  # these parts, in little time, to see that they work
            ```
            """;

    static final String METHOD = """

            ## Method

            All contenders share one machine with the load, and one PostgreSQL: the build that the service brings along,
            `fsync`, `full_page_writes` and `synchronous_commit` on. Compare the figures with each other, not with other
            machines'.

            - **unlost**: `app/target/unlost.jar`, `-Xmx256m`, as in production: its three database roles, row-level security,
              tokens checked, projection and feed on; only the limits of rates are off. Readers of `/api/changes` are
              connected all the time, and are sent each of the changes.
            - **plain**: `benchmarks/plain`, what one would otherwise write: Spring Boot with a hand-written controller, Spring
              Data JPA and `@Version`, `If-Match`, the same tokens. `-Xmx256m`, as many database connections.
            - **pgbench**: what PostgreSQL does by itself: one statement that changes a row and appends an event, on copies of
              the service's tables and indexes, without row-level security, over prepared statements.

            Clients send a request over a connection that stays open, wait for the answer, check its status and send the next.
            Every answer must have the status that is due; anything else ends the run. Records are about 460 bytes of JSON; an
            update changes the telephone number. Services are warmed up with all kinds of work, by one client and then by many.
            In each round the contenders do a piece of work one right after the other, in an order that changes with each
            round. Shown are the median of the rounds and, in parentheses, the least and the most; ratios are taken in each
            round. CPU milliseconds are what the operating system counts for the service's process and for all of PostgreSQL's,
            for each operation.
            """;
}
