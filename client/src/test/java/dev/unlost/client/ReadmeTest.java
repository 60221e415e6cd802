package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The README's snippets, run; and a comparison of the README with them. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final List<Path> SOURCES = List.of(
            Path.of("src/test/java/dev/unlost/client/ReadmeTest.java"),
            Path.of("src/test/java/dev/unlost/client/example/LiveCopy.java"));
    private static final Path BROWSER_PAGE = Path.of("../docs/feed-in-the-browser.html");
    private static final Path BROWSER_TEXT = Path.of("../docs/feed-in-the-browser.md");

    private final ServiceForTests service = new ServiceForTests();
    private final UnlostClient client = UnlostClient.of(service.uri()).build();
    private final Records<Customer> customers = client.customers();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final CountDownLatch stored = new CountDownLatch(1);

    @BeforeEach
    void fill() {
        service.put("c1", "0");
    }

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void client() {
        URI service = this.service.uri();
        // region client
        UnlostClient client = UnlostClient.of(service) // and further nodes, for when it is not there
                .token(() -> "an access token") // asked for again when the service refuses the one before
                .build();
        Records<Customer> customers = client.customers();
        // endregion
        assertThat(customers.get("c1").version()).isEqualTo(1);
        client.close();
    }

    @Test
    void update() {
        // region update
        customers.update("c1", customer -> customer.withPhone("+49 30 1234"));
        // endregion
        assertThat(customers.get("c1").value().phone()).isEqualTo("+49 30 1234");
    }

    @Test
    void conflict() {
        Versioned<Customer> seen = customers.get("c1");
        service.put("c1", "1");
        // region conflict
        try {
            customers.updateAt(seen, customer -> customer.withPhone("+49 30 1234"));
        } catch (ConflictException e) {
            Conflict conflict = e.conflict();
            Person who = conflict.updatedByInfo();
            show((who == null ? "Somebody" : who.nickname()) + " was faster; it is at " + conflict.actualVersion());
            for (Conflict.FieldChange change : conflict.changes()) {
                show(change.field() + " was " + change.base() + ", is " + change.theirs() + ", yours: "
                        + change.yours());
            }
        }
        // endregion
        assertThat(shown).first().isEqualTo("Ann was faster; it is at 2");
        assertThat(shown).last().asString().startsWith("phone was");
    }

    @Test
    void patch() {
        long version = 1;
        // region patch
        customers
                .with(WriteOptions.USUAL.mergingDisjoint().withIdempotencyKey("import-2026-11-22/c1"))
                .updateAt(
                        "c1",
                        version,
                        CustomerPatch.create().email("info@example.com").notes(null));
        // endregion
        assertThat(customers.get("c1").value().email()).isEqualTo("info@example.com");
    }

    @Test
    void list() {
        // region list
        customers.stream(Query.all().where("country", "DE").sortedBy("name"))
                .limit(500)
                .forEach(customer -> show(customer.value().name()));
        // endregion
        assertThat(shown).containsExactly("c1");
    }

    @Test
    void live() throws InterruptedException {
        // region live
        try (LiveCollection<Customer> live = customers.live()) {
            live.follow(new LiveCollection.Listener<>() {
                @Override
                public void changed(@Nullable Versioned<Customer> before, Versioned<Customer> now) {
                    show(now.id() + " is at version " + now.version());
                }

                @Override
                public void removed(Versioned<Customer> before) {
                    show(before.id() + " is gone");
                }
            });
            live.awaitLive(Duration.ofSeconds(10));

            Versioned<Customer> written = customers.update("c1", customer -> customer.withNotes("called back"));
            live.awaitVersion("c1", written.version(), Duration.ofSeconds(10));
            show(live.get("c1").map(customer -> customer.value().notes()).orElse("nothing"));
        }
        // endregion
        assertThat(shown).containsExactly("c1 is at version 1", "c1 is at version 2", "called back");
    }

    @Test
    void changes() throws InterruptedException {
        String kept = "1-1";
        service.put("c1", "1");
        // region changes
        Subscription subscription = client.changes()
                .ofType("customer")
                .after(kept)
                .subscribe(event -> {
                    switch (event) {
                        case FeedEvent.Changed changed -> store(changed.change(), changed.cursor());
                        case FeedEvent.Reset reset -> readEverythingAgain(reset.cursor());
                        case FeedEvent.Synced synced -> show("nothing is missing");
                        case FeedEvent.Heartbeat heartbeat -> {}
                        case FeedEvent.Disconnected lost -> show("again in " + lost.retryIn());
                    }
                });
        // endregion
        assertThat(stored.await(30, TimeUnit.SECONDS)).isTrue();
        subscription.close();
        assertThat(shown).first().isEqualTo("c1 1-2");
    }

    @Test
    void gate() {
        // region gate
        VersionGate<String> gate = VersionGate.bounded(100_000);
        switch (gate.offer("c1", 7)) {
            case DROP -> {} // lower or equal: known already
            case APPLY -> show("one more than the known version: take the news as it is");
            case REFETCH -> gate.advance("c1", read("c1")); // larger: something is missing
        }
        // endregion
        assertThat(gate.version("c1")).isEqualTo(1);
    }

    @Test
    void metahub() {
        assertThatThrownBy(() -> {
                    // region metahub
                    Metahub sales = client.metahub("sales");
                    sales.elements().update("e1", element -> element.withData("price", 12.5));
                    // endregion
                })
                .isInstanceOf(NotFoundException.class);
    }

    /** Members of this kind of record, as far as they are of interest. */
    // region resource-record
    record Hub(String codename, Map<String, String> name) {}
    // endregion

    @Test
    void resource() {
        // region resource
        Resource<Hub> hubs = Resource.of("hub", "/api/metahubs/sales/hubs", Codec.of(Hub.class))
                .named(MemberNames.METAHUB);
        Records<Hub> records = client.records(hubs);
        // endregion
        assertThat(records.find("h1")).isEmpty();
    }

    @Test
    void snippetsOfTheReadmeAreTheseRegions() throws IOException {
        List<String> regions = new ArrayList<>();
        for (Path source : SOURCES) {
            Matcher matcher = Pattern.compile(
                            "// region [a-z-]+\\R(.*?)^ *// endregion", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(Files.readString(source));
            matcher.results()
                    .forEach(region ->
                            regions.add(region.group(1).stripTrailing().stripIndent()));
        }

        assertThat(blocks(README, "java")).containsExactlyInAnyOrderElementsOf(regions);
    }

    @Test
    void scriptOfTheBrowserIsThatOfThePage() throws IOException {
        Matcher script = Pattern.compile("<script type=\"module\">\\R(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(BROWSER_PAGE));
        assertThat(script.find()).isTrue();
        String code = script.group(1).strip();

        assertThat(blocks(BROWSER_TEXT, "js")).containsExactly(code);
        assertThat(code.lines()).hasSizeLessThanOrEqualTo(30);
    }

    private static List<String> blocks(Path markdown, String language) throws IOException {
        return Pattern.compile("^```" + language + "\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(markdown))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }

    private void show(String line) {
        shown.add(line);
    }

    private void store(Change change, String cursor) {
        show(change.id() + " " + cursor);
        stored.countDown();
    }

    private void readEverythingAgain(String cursor) {
        show(cursor);
    }

    private long read(String id) {
        return customers.get(id).version();
    }
}
