package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerCommand.DeleteCustomerCommand;
import dev.unlost.customer.CustomerCommand.ReplaceCustomerCommand;
import dev.unlost.customer.CustomerCommand.UpdateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.customer.CustomerType;
import dev.unlost.http.EdgeService.Behind;
import dev.unlost.people.PeopleCommand.RememberPersonCommand;
import dev.unlost.people.Person;
import dev.unlost.versioning.AppliedOver;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordQuery.Blame;
import dev.unlost.versioning.RecordQuery.CompareVersions;
import dev.unlost.versioning.RecordQuery.Comparison;
import dev.unlost.versioning.RecordQuery.ExplainFields;
import dev.unlost.versioning.RecordQuery.FieldOrigin;
import dev.unlost.versioning.RecordQuery.FindAsOf;
import dev.unlost.versioning.RecordQuery.FindVersion;
import dev.unlost.versioning.RecordQuery.HistoryPage;
import dev.unlost.versioning.RecordQuery.ListHistory;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import dev.unlost.versioning.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = EdgeService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoints.web.exposure.include=health,metrics",
            "spring.servlet.encoding.enabled=false",
            "spring.servlet.multipart.enabled=false",
            "unlost.rates.enabled=false"
        })
@ActiveProfiles("dev")
class EdgeTest {

    private static final String ID = "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f";
    private static final RecordKey KEY = CustomerType.INSTANCE.key(ID);
    private static final String CUSTOMERS = "/api/customers";
    private static final String CUSTOMER = CUSTOMERS + "/" + ID;
    private static final Origin ANN = new Origin("f-1", "u-1", null);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Behind behind;
    private final People people;

    EdgeTest(@LocalServerPort int port, @Autowired Behind behind, @Autowired People people) {
        this.port = port;
        this.behind = behind;
        this.people = people;
    }

    @BeforeEach
    void nothingHappenedYet() {
        behind.asked.clear();
        behind.origins.clear();
        behind.known = Map.of();
        behind.people = command -> "";
        people.forget("u-1", ANN);
        behind.customers = question -> {
            throw new IllegalStateException("nobody expected " + question);
        };
    }

    // ---- writes

    @Test
    void aCustomerIsCreatedAtANewId() {
        behind.customers = command -> view(((CreateCustomerCommand) command).id(), 1, false);
        HttpResponse<String> answer = post(CUSTOMERS, "{\"name\":\"A\"}");
        JsonNode body = json(answer);
        String id = body.get("id").stringValue();
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(answer.headers().firstValue("Location")).contains(CUSTOMERS + "/" + id);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(body.propertyNames())
                .containsExactly(
                        "id",
                        "factoryId",
                        "version",
                        "name",
                        "contactName",
                        "contactTitle",
                        "email",
                        "phone",
                        "address",
                        "tags",
                        "notes",
                        "createdAt",
                        "createdBy",
                        "updatedAt",
                        "updatedBy");
        assertThat(body.get("updatedAt").stringValue()).isEqualTo("2026-11-22T10:15:30.123456Z");
    }

    @Test
    void aPatchIsSentWithItsVersionOriginAndReadOnlyMembers() {
        behind.customers = command -> view(ID, 8, false);
        HttpResponse<String> answer = send(
                "PATCH",
                CUSTOMERS + "/" + ID.toUpperCase(Locale.ROOT),
                "{\"version\":7,\"phone\":\"1\",\"id\":\"" + ID.toUpperCase(Locale.ROOT) + "\",\"createdBy\":\"u-1\"}",
                "Content-Type: application/merge-patch+json",
                "X-Request-Id: r-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).contains("\"8\"");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("r-1");
        assertThat(behind.origins).containsExactly(new Origin("f-1", "u-1", "r-1"));
        UpdateCustomerCommand command = (UpdateCustomerCommand) behind.asked.getLast();
        assertThat(command.id()).isEqualTo(ID);
        assertThat(command.expected()).isEqualTo(ExpectedVersion.version(7));
        assertThat(command.sent()).isEqualTo(Map.of("phone", "1"));
        assertThat(command.readOnly()).isEqualTo(new ReadOnlyMembers(Map.of("id", ID, "createdBy", "u-1")));
    }

    @Test
    void aPutReplacesOrCreates() {
        behind.customers = command -> view(ID, 8, false);
        assertThat(send("PUT", CUSTOMER, "{\"name\":\"A\"}", "If-Match: *").statusCode())
                .isEqualTo(200);
        assertThat(((ReplaceCustomerCommand) behind.asked.getLast()).expected())
                .isEqualTo(ExpectedVersion.UNCONDITIONAL);
        HttpResponse<String> created = send("PUT", CUSTOMER, "{\"name\":\"A\"}", "If-None-Match: *");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains(CUSTOMER);
        assertThat(((CreateCustomerCommand) behind.asked.getLast()).id()).isEqualTo(ID);
    }

    @Test
    void aDeletionNeedsNoBodyAndAnswersWithNone() {
        behind.customers = command -> view(ID, 8, true);
        HttpResponse<String> answer = send("DELETE", CUSTOMER, null, "If-Match: \"7\"");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(send("DELETE", CUSTOMER, "{\"version\":7}").statusCode()).isEqualTo(204);
        assertThat(((DeleteCustomerCommand) behind.asked.getLast()).expected()).isEqualTo(ExpectedVersion.version(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what cannot be read comes before everything else
                "PATCH  | /x      | x-nothing: 1                   | {\"phone\":     | malformed-body",
                "PATCH  | /x      | Content-Type: text/plain       | {\"nonsense\":1} | unsupported-media-type",
                "PATCH  | /x      | If-Match: x                    | {\"nonsense\":1} | precondition-malformed",
                "PATCH  | /x      | If-Match: \"7\"                | {\"version\":8,\"nonsense\":1} | precondition-mismatch",
                "PATCH  | /x?a=1  | If-Match: \"7\"                | {}              | malformed-query",
                // then that no version was said, then the fields, then the id
                "PATCH  | /x      | x-nothing: 1                   | {\"nonsense\":1} | precondition-required",
                "PATCH  | /x      | If-Match: \"7\"                | {\"nonsense\":1} | validation-failed",
                "PATCH  | /x      | If-Match: \"7\"                | {\"phone\":\"1\"} | not-found",
                "PUT    | /x      | x-nothing: 1                   | {\"nonsense\":1} | precondition-required",
                "PUT    | /x      | If-Match: \"7\"                | {}              | validation-failed",
                "PUT    | /x      | If-Match: \"7\"                | {\"name\":\"A\"} | not-found",
                "PUT    | /x      | If-None-Match: *               | {\"name\":\"A\"} | not-found",
                "PUT    | /x      | Content-Type: application/merge-patch+json | {\"name\":\"A\"} | unsupported-media-type",
                "DELETE | /x      | x-nothing: 1                   | {\"nonsense\":1} | precondition-required",
                "DELETE | /x      | If-Match: \"7\"                | {\"nonsense\":1} | validation-failed",
                "DELETE | /x      | If-Match: \"7\"                | {}              | not-found",
                "POST   | ''      | If-Match: \"7\"                | {\"name\":\"A\"} | precondition-malformed",
                "POST   | ''      | x-nothing: 1                   | {\"name\":\"A\",\"version\":1} | precondition-malformed",
                "POST   | ''      | If-Unmodified-Since: Sun, 22 Nov 2026 10:15:30 GMT | {\"name\":\"A\"} | precondition-unsupported",
                "POST   | ''      | x-nothing: 1                   | {}              | validation-failed",
            })
    void requestsAreCheckedInOneOrderAndReachNobody(
            String method, String path, String header, String body, String slug) {
        HttpResponse<String> answer = send(method, CUSTOMERS + path, body, header);
        assertProblem(answer, slug);
        assertThat(behind.asked)
                .filteredOn(asked -> !(asked instanceof RememberPersonCommand))
                .isEmpty();
    }

    @Test
    void aBodyOfUnknownLengthIsCutOff() throws Exception {
        byte[] large = ("{\"notes\":\"" + "x".repeat(Json.MAX_BYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest chunked = request("POST", CUSTOMERS)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();
        assertProblem(HTTP.send(chunked, HttpResponse.BodyHandlers.ofString()), "body-too-large");
    }

    // ---- refusals

    @Test
    void aConflictExplainsItself() {
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        Conflict conflict = new Conflict(
                Reason.STALE,
                5L,
                view(ID, 7, false),
                List.of(
                        new FieldChange(
                                "phone",
                                "+1",
                                true,
                                "+2",
                                "+3",
                                true,
                                true,
                                6L,
                                "u-1",
                                Instant.parse("2026-11-22T10:15:29Z")),
                        new FieldChange("name", null, false, "A", null, false, false, null, null, null)));
        HttpResponse<String> answer = refused(new Refusal.VersionConflict(conflict));
        JsonNode body = assertProblem(answer, "version-conflict");
        assertThat(body.toString())
                .isEqualTo(JSON.readTree("""
                                        {"type":"/problems/version-conflict","title":"Edit conflict","status":409,
                                         "detail":"customer ID was changed by Ann since version 5; it is now at version 7.",
                                         "code":"OPTIMISTIC_LOCK_CONFLICT","error":"Conflict",
                                         "hint":"Stale version. Refetch and retry.",
                                         "conflict":{"entityId":"ID","entityType":"customer","reason":"stale",
                                          "expectedVersion":5,"actualVersion":7,
                                          "updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-1",
                                          "updatedByInfo":{"id":"u-1","email":"ann@example.com","nickname":"Ann"},
                                          "changes":[
                                           {"field":"phone","base":"+1","theirs":"+2","yours":"+3","overlaps":true,
                                            "version":6,"changedBy":"u-1","changedAt":"2026-11-22T10:15:29.000000Z"},
                                           {"field":"name","theirs":"A","overlaps":false}],
                                          "overlappingFields":["phone"],"mergeable":false,
                                          "current":{"id":"ID","factoryId":"f-1","version":7,"name":"A",
                                           "contactName":null,"contactTitle":null,"email":null,"phone":null,
                                           "address":null,"tags":[],"notes":null,
                                           "createdAt":"2026-11-22T10:00:00.000000Z","createdBy":"u-1",
                                           "updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-1"}}}""".replace("ID", ID)).toString());
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsWords(Reason reason) {
        Conflict conflict = new Conflict(reason, 9L, view(ID, 7, reason == Reason.DELETED), List.of());
        JsonNode body = assertProblem(refused(new Refusal.VersionConflict(conflict)), "version-conflict");
        JsonNode told = body.get("conflict");
        assertThat(told.get("reason").stringValue()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
        assertThat(told.get("updatedByInfo").toString()).isEqualTo("{\"id\":\"u-1\",\"email\":null,\"nickname\":null}");
        assertThat(body.get("detail").stringValue()).contains(ID, "7");
    }

    @Test
    void aNameIsRememberedForAMomentUnlessItIsChangedHere() {
        Refusal conflict = new Refusal.VersionConflict(new Conflict(Reason.STALE, 6L, view(ID, 7, false), List.of()));
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        assertThat(refused(conflict).body()).contains("\"nickname\":\"Ann\"");
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Anna"));
        assertThat(refused(conflict).body()).contains("\"nickname\":\"Ann\"");
        people.forget("u-1", new Origin("f-2", "u-1", null));
        assertThat(refused(conflict).body()).as("another factory's").contains("\"nickname\":\"Ann\"");
        people.forget("u-1", ANN);
        assertThat(refused(conflict).body()).contains("\"nickname\":\"Anna\"");
    }

    @Test
    void aTimeThatNoVersionHasIsAStaleOne() {
        Conflict conflict = new Conflict(Reason.STALE, null, view(ID, 7, false), List.of());
        JsonNode body = assertProblem(refused(new Refusal.VersionConflict(conflict)), "version-conflict");
        assertThat(body.get("conflict").get("expectedVersion").isNull()).isTrue();
        assertThat(body.get("detail").stringValue()).contains("somebody", "7").doesNotContain("null");
    }

    @Test
    void everyRefusalHasItsProblem() {
        List<FieldError> errors = List.of(new FieldError("phone", "too-long", "is too long"));
        JsonNode invalid = assertProblem(refused(new Refusal.InvalidFields(errors)), "validation-failed");
        assertThat(invalid.get("errors").toString())
                .isEqualTo("[{\"field\":\"phone\",\"code\":\"too-long\",\"message\":\"is too long\"}]");
        assertProblem(refused(new Refusal.RuleViolated("read-only", errors)), "read-only");
        JsonNode rule = assertProblem(refused(new Refusal.RuleViolated("in-use", errors)), "rule-violated");
        assertThat(rule.get("code").stringValue()).isEqualTo("in-use");
        assertProblem(refused(new Refusal.RecordNotFound(CustomerType.INSTANCE.key(ID))), "not-found");
        assertProblem(refused(new Refusal.PreconditionMismatch("x")), "precondition-mismatch");
        HttpResponse<String> busy = refused(new Refusal.Busy("x"));
        assertProblem(busy, "busy");
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void whatIsTheServicesOwnFaultIsNotDescribed() {
        JsonNode body = assertProblem(refused(new IllegalStateException("SELECT secret")), "internal-error");
        assertThat(body.toString()).doesNotContain("secret", "IllegalState");
        HttpResponse<String> noConnection =
                refused(new IllegalStateException(new SQLTransientConnectionException("pool - timed out")));
        assertProblem(noConnection, "unavailable");
        assertThat(noConnection.headers().firstValue("Retry-After")).contains("1");
        assertProblem(refused(new ConcurrencyException("race")), "busy");
    }

    private HttpResponse<String> refused(RuntimeException refusal) {
        behind.customers = command -> {
            throw refusal;
        };
        return send("PATCH", CUSTOMER, "{\"version\":7,\"phone\":\"1\"}");
    }

    // ---- reads

    @Test
    void aCustomerIsReadWithItsTag() {
        behind.customers = query -> view(ID, 7, false);
        HttpResponse<String> answer = get(CUSTOMER);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(answer.headers().allValues("Vary")).containsExactly("Authorization, Origin");
        HttpResponse<String> head = send("HEAD", CUSTOMER, null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        behind.customers = query -> view(ID, 7, false);
        HttpResponse<String> answer = get(CUSTOMER, "If-None-Match: \"6\", W/\"7\"");
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(get(CUSTOMER, "If-None-Match: \"6\"").statusCode()).isEqualTo(200);
        assertProblem(get(CUSTOMER, "If-Match: \"6\""), "precondition-unsupported");
    }

    @Test
    void anEarlierVersionIsAskedForByVersionOrByTime() {
        behind.customers = query -> view(ID, 4, true);
        for (String moment : List.of("?version=4", "?at=2026-11-22T12:15:30.123456%2B02:00")) {
            HttpResponse<String> answer = get(CUSTOMER + moment);
            assertThat(answer.statusCode()).as("of a deleted record, too").isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).contains("\"4\"");
            assertThat(json(answer).get("deleted").booleanValue()).isTrue();
            assertThat(get(CUSTOMER + moment, "If-None-Match: \"4\"").statusCode())
                    .isEqualTo(304);
        }
        assertThat(behind.asked)
                .containsOnly(new FindVersion(KEY, 4), new FindAsOf(KEY, Instant.parse("2026-11-22T10:15:30.123456Z")));
        behind.customers = query -> null;
        for (String moment : List.of("?version=4", "?at=2026-11-22T10:15:30Z")) {
            assertProblem(get(CUSTOMER + moment), "not-found");
            assertProblem(get(CUSTOMERS + "/no-uuid" + moment), "not-found");
        }
        assertProblem(get(CUSTOMER + "?version=4&at=2026-11-22T10:15:30Z"), "malformed-query");
    }

    @Test
    void historyTellsWhoDidWhatAndHow() {
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        Instant at = Instant.parse("2026-11-22T10:15:30.123456Z");
        CustomerDetails details = new CustomerDetails("A", null, null, null, null, null, List.of(), null);
        CustomerDetails called = new CustomerDetails("A", null, null, null, "+1", null, List.of(), null);
        behind.customers = query -> new HistoryPage(
                List.of(
                        new Recorded<>(
                                7,
                                at,
                                new Origin("f-1", "u-2", null),
                                true,
                                false,
                                new AppliedOver(5, 6, null, List.of(new AppliedOver.Overwritten("phone", 6, "u-1"))),
                                new CustomerRestored(4, CustomerChanges.between(called, details))),
                        new Recorded<>(
                                6, at, new Origin("f-1", "u-1", "r-1"), false, false, null, new CustomerDeleted()),
                        new Recorded<>(
                                5,
                                at,
                                new Origin("f-1", "u-2", null),
                                false,
                                false,
                                new AppliedOver(3, 4, 4L, List.of()),
                                new CustomerUpdated(CustomerChanges.between(details, called)))),
                6L);
        HttpResponse<String> answer = get(CUSTOMER + "/history?limit=2");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        String next = json(answer).get("next").stringValue();
        assertThat(answer.headers().firstValue("Link"))
                .contains("<" + CUSTOMER + "/history?limit=2&after=" + next + ">; rel=\"next\"");
        assertThat(json(answer).get("items")).isEqualTo(JSON.readTree("""
                        [{"version":7,"action":"restore","updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-2",
                          "updatedByInfo":{"id":"u-2","email":null,"nickname":null},"toVersion":4,"unconditional":true,
                          "appliedOver":{"fromVersion":5,"toVersion":6,"merged":false,"overwritten":[
                            {"field":"phone","version":6,"changedBy":"u-1",
                              "changedByInfo":{"id":"u-1","email":"ann@example.com","nickname":"Ann"}}]},
                          "changes":[{"field":"phone","from":"+1","to":null}]},
                         {"version":6,"action":"delete","updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-1",
                          "updatedByInfo":{"id":"u-1","email":"ann@example.com","nickname":"Ann"},"requestId":"r-1",
                          "changes":[]},
                         {"version":5,"action":"update","updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-2",
                          "updatedByInfo":{"id":"u-2","email":null,"nickname":null},
                          "appliedOver":{"fromVersion":3,"toVersion":4,"merged":true,"mergedFromVersion":4,
                            "overwritten":[]},
                          "changes":[{"field":"phone","from":null,"to":"+1"}]}]"""));
        get(CUSTOMER + "/history?after=" + next);
        assertThat(behind.asked).containsExactly(new ListHistory(KEY, null, 2), new ListHistory(KEY, 6L, 50));
        String other = CUSTOMERS + "/0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e00/history?after=" + next;
        assertProblem(get(other), "malformed-query");
        behind.customers = query -> new HistoryPage(List.of(), null);
        assertProblem(get(CUSTOMER + "/history"), "not-found");
        assertProblem(get(CUSTOMERS + "/no-uuid/history"), "not-found");
    }

    @Test
    void differencesAndBlameAreToldByField() {
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        behind.customers = query -> switch (query) {
            case CompareVersions compare -> new Comparison(3, 7, Map.of("phone", new Change<>(null, "+1")));
            case ExplainFields explain ->
                new Blame(7, List.of(new FieldOrigin("phone", "+1", 5, Instant.parse("2026-11-22T10:15:30Z"), "u-1")));
            default -> throw new IllegalStateException("nobody expected " + query);
        };
        assertThat(json(get(CUSTOMER + "/diff?from=3&to=7")))
                .isEqualTo(JSON.readTree(
                        "{\"from\":3,\"to\":7,\"changes\":[{\"field\":\"phone\",\"from\":null,\"to\":\"+1\"}]}"));
        assertThat(json(get(CUSTOMER + "/blame"))).isEqualTo(JSON.readTree("""
                {"version":7,"fields":[{"field":"phone","value":"+1","version":5,
                  "updatedAt":"2026-11-22T10:15:30.000000Z","updatedBy":"u-1",
                  "updatedByInfo":{"id":"u-1","email":"ann@example.com","nickname":"Ann"}}]}"""));
        assertThat(behind.asked).containsExactly(new CompareVersions(KEY, 3, 7), new ExplainFields(KEY));
        behind.customers = query -> null;
        assertProblem(get(CUSTOMER + "/diff?from=3&to=7"), "not-found");
        assertProblem(get(CUSTOMER + "/blame"), "not-found");
        assertProblem(get(CUSTOMER + "/diff?from=3"), "malformed-query");
    }

    @Test
    void aDeletedCustomerSaysWhenAndByWhom() {
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        behind.customers = query -> view(ID, 7, true);
        JsonNode body = assertProblem(get(CUSTOMER), "deleted");
        assertThat(body.get("version").longValue()).isEqualTo(7);
        assertThat(body.get("deletedAt").stringValue()).isEqualTo("2026-11-22T10:15:30.123456Z");
        assertThat(body.get("deletedBy").stringValue()).isEqualTo("u-1");
        assertThat(body.get("deletedByInfo").toString())
                .isEqualTo("{\"id\":\"u-1\",\"email\":\"ann@example.com\",\"nickname\":\"Ann\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/" + ID + "x", "/%27%20OR%201=1", "/" + ID})
    void unknownCustomersAreNotFound(String path) {
        behind.customers = query -> null;
        assertProblem(get(CUSTOMERS + path), "not-found");
    }

    @Test
    void aListIsAskedForAndPaged() {
        behind.customers = query -> new CustomerPage(List.of(view(ID, 7, false)), new Position("alfreds & co", ID));
        HttpResponse<String> answer = get(CUSTOMERS + "?name=al%20&country=DE&sort=-name&limit=1");
        JsonNode body = json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.get("items")).hasSize(1);
        String next = body.get("next").stringValue();
        assertThat(answer.headers().firstValue("Link"))
                .contains(
                        "<" + CUSTOMERS + "?name=al+&country=DE&sort=-name&limit=1&after=" + next + ">; rel=\"next\"");
        assertThat(behind.asked.getLast())
                .isEqualTo(new ListCustomers(List.of(), "al ", null, null, "DE", null, Sort.NAME, true, null, 1));

        behind.customers = query -> new CustomerPage(List.of(), null);
        HttpResponse<String> last = get(CUSTOMERS + "?name=al+&country=DE&sort=-name&limit=1&after=" + next);
        assertThat(last.body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(last.headers().firstValue("Link")).isEmpty();
        assertThat(behind.asked.getLast())
                .isEqualTo(new ListCustomers(
                        List.of(),
                        "al ",
                        null,
                        null,
                        "DE",
                        null,
                        Sort.NAME,
                        true,
                        new Position("alfreds & co", ID),
                        1));
        assertProblem(get(CUSTOMERS + "?after=" + next), "malformed-query");
    }

    @Test
    void aListIsAskedForSeveralIds() {
        behind.customers = query -> new CustomerPage(List.of(), null);
        String other = "3f2c1d5e-0000-4000-8000-00000000000b";
        assertThat(get(CUSTOMERS + "?id=" + ID + "," + other).statusCode()).isEqualTo(200);
        assertThat(behind.asked.getLast())
                .isInstanceOfSatisfying(
                        ListCustomers.class, query -> assertThat(query.ids()).containsExactly(ID, other));
        assertThat(get(CUSTOMERS + "?id=" + String.join(",", Collections.nCopies(100, ID)))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(get(CUSTOMERS + "?id=" + String.join(",", Collections.nCopies(101, ID))), "malformed-query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "sort=email",
                "sort=--name",
                "sort=name,id",
                "updatedSince=yesterday",
                "country=de",
                "country=DEU",
                "foo=1",
                "name=a&name=b",
                "name=%00",
                "tag=%ED%A0%80",
                "after=x",
                "version=4",
                "updatedSince=2026-11-22T10:15:30+02:00",
                "id=1",
                "id=,",
                "id=3F2C1D5E-0000-4000-8000-000000000001"
            })
    void listsTakeWhatTheyKnowAndNothingElse(String query) {
        assertProblem(get(CUSTOMERS + "?" + query), "malformed-query");
    }

    // ---- everything around

    @Test
    void nobodyGetsInWithoutAToken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(CUSTOMER))
                .header("X-Request-Id", "not ok")
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertProblem(answer, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f-]{36}");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        HttpRequest forged = HttpRequest.newBuilder(uri(CUSTOMER))
                .header("Authorization", "Bearer x.y.z")
                .build();
        assertProblem(HTTP.send(forged, HttpResponse.BodyHandlers.ofString()), "unauthenticated");
    }

    @Test
    void aScopeLetsInAsFarAsItGoes() throws Exception {
        HttpRequest write = HttpRequest.newBuilder(uri(CUSTOMER))
                .header("Authorization", "Bearer " + token("u-1", "records:read"))
                .DELETE()
                .build();
        HttpResponse<String> answer = HTTP.send(write, HttpResponse.BodyHandlers.ofString());
        assertProblem(answer, "insufficient-scope");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
    }

    @Test
    void whoAsksIsRememberedFirstAndOnce() throws Exception {
        behind.customers = query -> view(ID, 7, false);
        String token = token("u-remembered", "records:read");
        HttpRequest request = HttpRequest.newBuilder(uri(CUSTOMER))
                .header("Authorization", "Bearer " + token)
                .build();
        behind.people = command -> {
            throw new IllegalStateException("not now");
        };
        HttpResponse<String> failed = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertProblem(failed, "unavailable");
        assertThat(behind.asked).hasSize(1);

        behind.people = command -> "";
        behind.asked.clear();
        HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(behind.asked).hasSize(3);
        assertThat(behind.asked.getFirst())
                .isEqualTo(new RememberPersonCommand(new Person("u-remembered", "ann@example.com", "Ann")));
    }

    @Test
    void pathsMethodsAndMediaTypesThatDoNotExistAreProblems() {
        assertProblem(get("/api/nothing"), "not-found");
        assertProblem(get("/nothing"), "not-found");
        assertProblem(get("/error"), "not-found");
        HttpResponse<String> method = send("DELETE", CUSTOMERS, null);
        assertProblem(method, "method-not-allowed");
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        assertProblem(get(CUSTOMERS, "Accept: text/html"), "not-acceptable");
        assertProblem(get("/api/customers;x=1/" + ID), "malformed-request");
        assertProblem(get("/api/customers%2F" + ID), "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /a\u0001b HTTP/1.1", "GET /[] HTTP/1.1", "G@T / HTTP/1.1", "GET /../../x HTTP/1.1"})
    void whatTheContainerRefusesIsAProblemToo(String line) throws Exception {
        assertThat(raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"type\":\"/problems/malformed-request\"")
                .doesNotContain("Tomcat", "<html");
    }

    @Test
    void headersThatAreTooLargeAreAProblemToo() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .contains("\"type\":\"/problems/")
                .doesNotContain("Tomcat", "<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "json", "*/*", ";", "application/json; charset=nonsense"})
    void whateverAPatchIsSentAsItIsToldWhatItTakes(String contentType) {
        HttpResponse<String> answer = send("PATCH", CUSTOMER, "{}", "If-Match: *", "Content-Type: " + contentType);
        assertProblem(answer, "unsupported-media-type");
        assertThat(answer.headers().firstValue("Accept-Patch"))
                .contains("application/json, application/merge-patch+json");
    }

    @Test
    void whatIsToldOfTokensIsTrue() {
        assertThat(anonymous("/.well-known/oauth-protected-resource").body())
                .contains("records:read")
                .doesNotContain("\"tls_client_certificate_bound_access_tokens\":true");
    }

    @Test
    void problemsHavePages() {
        for (ProblemType type : ProblemType.values()) {
            HttpResponse<String> page = anonymous(type.uri());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            assertThat(page.body()).contains("<h1>" + type.title() + "</h1>");
        }
        assertThat(anonymous("/problems").body()).contains("/problems/version-conflict");
        assertProblem(anonymous("/problems/none"), "not-found");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theDescriptionIsTheSameInEveryLanguage(CapturedOutput output) {
        String description = anonymous("/v3/api-docs").body();
        for (String language : List.of("tlh", "de", "tlh")) {
            assertThat(exchange(HttpRequest.newBuilder(uri("/v3/api-docs"))
                                    .header("Accept-Language", language)
                                    .build())
                            .body())
                    .isEqualTo(description);
        }
        assertThat(output).doesNotContain("Json Processing Exception");
    }

    @Test
    void theDescriptionIsPublicAndWhole() {
        HttpResponse<String> answer = anonymous("/v3/api-docs");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode api = json(answer);
        assertThat(api.get("openapi").stringValue()).startsWith("3.1");
        assertThat(api.at("/paths").propertyNames())
                .contains(
                        CUSTOMERS,
                        CUSTOMERS + "/{id}",
                        CUSTOMERS + "/{id}/history",
                        CUSTOMERS + "/{id}/diff",
                        CUSTOMERS + "/{id}/blame",
                        CUSTOMERS + "/{id}/restore",
                        CUSTOMERS + ":batch",
                        "/problems",
                        "/problems/{slug}",
                        "/console/settings.json",
                        "/dev/people",
                        "/dev/token")
                .doesNotContain("/error");
        JsonNode patch = api.at("/paths/~1api~1customers~1{id}/patch");
        assertThat(patch.get("responses").propertyNames())
                .contains("200", "400", "401", "403", "404", "406", "409", "413", "415", "422", "428", "500", "503");
        assertThat(patch.at("/responses/409/content/application~1problem+json/examples")
                        .propertyNames())
                .containsExactlyInAnyOrder("stale", "deleted", "ahead", "exists", "idempotency-in-progress");
        assertThat(patch.at("/requestBody/content/application~1merge-patch+json/examples")
                        .propertyNames())
                .containsExactlyInAnyOrder("if-match", "version", "expected-version", "updated-at");
        JsonNode changes = api.at("/paths/~1api~1changes/get");
        assertThat(changes.at("/responses/200/$ref").stringValue()).isEqualTo("#/components/responses/Changes");
        assertThat(api.at("/components/responses/Changes/content").propertyNames())
                .containsExactlyInAnyOrder("text/event-stream", "application/json");
        assertThat(changes.get("responses").propertyNames())
                .contains("400", "401", "403", "406", "410", "429", "500", "503");
        assertThat(changes.at("/responses/429/content/application~1problem+json/examples")
                        .propertyNames())
                .containsExactlyInAnyOrder("too-many-requests", "too-many-streams");
        List<String> dangling = new ArrayList<>();
        references(api, api, dangling);
        assertThat(dangling).isEmpty();
        assertThat(api.at("/components/schemas/CustomerPatch/description").isString())
                .isTrue();
        assertThat(api.at("/components/schemas/CustomerFields/properties/phone/type")
                        .toString())
                .contains("null", "string");
        assertThat(anonymous("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsPublicAndTheRestOfTheManagementIsNot() {
        assertThat(anonymous("/actuator/health").statusCode()).isEqualTo(200);
        assertProblem(anonymous("/actuator/metrics"), "unauthenticated");
        assertProblem(get("/actuator/metrics"), "insufficient-scope");
    }

    private static void references(JsonNode root, JsonNode node, List<String> dangling) {
        JsonNode reference = node.get("$ref");
        if (reference != null
                && reference.isString()
                && root.at(reference.stringValue().substring(1)).isMissingNode()) {
            dangling.add(reference.stringValue());
        }
        node.forEach(child -> references(root, child, dangling));
    }

    // ---- helpers

    private static RecordView<CustomerDetails> view(String id, long version, boolean deleted) {
        return new RecordView<>(
                CustomerType.INSTANCE.key(id),
                "f-1",
                version,
                deleted,
                Instant.parse("2026-11-22T10:00:00Z"),
                "u-1",
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                "u-1",
                new CustomerDetails("A", null, null, null, null, null, List.of(), null));
    }

    private JsonNode assertProblem(HttpResponse<String> answer, String slug) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .contains("application/problem+json");
        JsonNode body = json(answer);
        ProblemType type = ProblemType.ofSlug(slug).orElseThrow();
        assertThat(body.get("type").stringValue()).isEqualTo(type.uri());
        assertThat(body.get("title").stringValue()).isEqualTo(type.title());
        assertThat(body.get("status").intValue()).isEqualTo(type.status()).isEqualTo(answer.statusCode());
        assertThat(body.get("detail").stringValue()).isNotBlank();
        assertThat(body.get("code").isString()).isTrue();
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        return body;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    private HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    private HttpResponse<String> anonymous(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = request(method, path);
        if (Arrays.stream(headers).anyMatch(header -> header.startsWith("Content-Type"))) {
            request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token("u-1", null));
        }
        for (String header : headers) {
            int colon = header.indexOf(": ");
            request.header(header.substring(0, colon), header.substring(colon + 2));
        }
        return exchange(request.method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String method, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token("u-1", null));
        return Set.of("GET", "HEAD").contains(method) ? request : request.header("Content-Type", "application/json");
    }

    private String token(String sub, @Nullable String scope) {
        String body = JSON.createObjectNode()
                .put("sub", sub)
                .put("email", "ann@example.com")
                .put("nickname", "Ann")
                .put("factoryId", "f-1")
                .put("scope", scope)
                .toString();
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(uri("/dev/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("access_token").stringValue();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
