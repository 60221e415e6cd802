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

            - **unlost**: `app/target/unlost.jar`, `-Xmx224m` and what [operations](operations.md) advises with it, as in
              production: its three database roles, row-level security, tokens checked, projection and feed on; only the
              limits of rates are off. Readers of `/api/changes` are connected all the time, and are sent each of the changes.
            - **plain**: `benchmarks/plain`, what one would otherwise write: Spring Boot with a hand-written controller, Spring
              Data JPA and `@Version`, `If-Match`, the same tokens. The same options of the JVM, as many database connections.
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

    static final String STOLEN = """

            The machine is virtual; while a part ran, its host took the share of all processors' time that the table above shows
            (`steal` of `/proc/stat`), which makes times longer and ratios less sure.
            """;

    static final String START = """

            ## Start

            From the start of the process to its first answer to a read with a token. The service runs in its development profile
            and starts its PostgreSQL too; the plain one finds a PostgreSQL that runs. The cache of classes is the one that
            [operations](operations.md) describes.

            """;

    static final String DISK = """

            ## Disk

            By how much all tables and indexes together grow with each update, where every record is updated a hundred times;
            vacuum comes when it comes. Below are the relations that grow.

            """;

    static final String REBUILD = """

            ## Rebuild

            The tables of customers and of their tags, emptied and made again from the log of five events for each customer: by
            the service (`POST /actuator/projections/customer`), while it could serve, and by hand: `COPY` of the events in
            order, a fold in Java, `COPY` into a temporary table, and one `insert … on conflict`.

            """;

    static final String GROWTH = """

            ## Growth of the log

            The same work by 8 clients at logs of different lengths, five events for each customer, written by SQL; each log has
            a service of its own. *A hundred records* are in use all the time, *any record* is one of all the others, in no
            order, as are those that are read.

            """;

    static final String PAST = """

            ## Age of a record

            The same requests to records with few versions and with many, in turn, by one client; with the cache of records and
            without. Blame reads back to the field that was left alone longest
            ([decision 14](decisions/0014-the-past-is-read-from-the-log.md)): here to the creation, so it grows with the
            versions.

            """;

    static final String ELEMENTS = """

            ## Elements of a catalog

            Pages of 50 of catalogs of different sizes, each element with a searchable text and a searchable number, which come
            in no order; one client, and a service of its own for each catalog. Of every number there are 50 elements, of every
            beginning of a text 100. *From the middle* goes on, by the page's cursor, after half of the elements.

            """;

    static final String FEED = """

            ## Feed

            From a change's `ts`, which is taken before it is committed, until a consumer has read it, while 200 changes are made
            each second (40 in a try); at the node that they are made at and at another. Then what streams cost in which nothing
            happens.

            """;

    static final String INSIDE = """

            ## Inside

            Parts that each request goes through, by JMH.

            """;
}
