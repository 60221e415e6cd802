package dev.unlost.app.guarantees;

import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every way we know of to get a request wrong. Each differs from a good one in one thing only. */
final class BadInputs {

    private static final int MIB = 1024 * 1024;

    /** What no time that was read looks like. */
    private static final List<String> NO_TIMES = List.of(
            "\"\"",
            "\"yesterday\"",
            "\"2026-11-22\"",
            "\"2026-11-22T10:15:30\"",
            "\"2026-11-22 10:15:30Z\"",
            "\"2026-11-22T10:15:30.1234567Z\"",
            "\"2026-11-22T10:15:30.Z\"",
            "\"2026-13-22T10:15:30Z\"",
            "\"2026-02-30T10:15:30Z\"",
            "\"2026-11-22T25:15:30Z\"",
            "\"2026-11-22T10:15:60Z\"",
            "\"2026-11-22T10:15:30+99:99\"",
            "\"10000-01-01T00:00:00Z\"",
            "\"-2026-11-22T10:15:30Z\"",
            "\" 2026-11-22T10:15:30Z\"",
            "\"2026-11-22T10:15:30Z\\u0000\"",
            "\"Sun, 22 Nov 2026 10:15:30 GMT\"",
            "1795342530",
            "1795342530.123456",
            "null",
            "true",
            "[\"2026-11-22T10:15:30Z\"]",
            "{}");

    /** The members of a customer that are text, with the most characters that they hold. */
    static final Map<String, Integer> TEXTS = texts();

    private final BadInputsIT.Scene scene;
    private final RecordKind kind;
    private final Records records;
    private final String every;
    private final String missing;
    private final String path;
    private final List<BadInput> all = new ArrayList<>();

    private BadInputs(BadInputsIT.Scene scene) {
        this.scene = scene;
        this.kind = scene.kind();
        this.records = scene.records();
        this.every = kind.path();
        this.missing = kind.path("00000000-0000-4000-8000-000000000000");
        this.path = scene.path();
    }

    static Stream<BadInput> of(BadInputsIT.Scene scene) {
        BadInputs inputs = new BadInputs(scene);
        inputs.ifMatch();
        inputs.otherConditions();
        inputs.versionsInBodies();
        inputs.disagreements();
        inputs.missingPreconditions();
        inputs.past();
        inputs.paths();
        inputs.editedVersions();
        inputs.keys();
        inputs.restorations();
        inputs.batches();
        if (inputs.kind == RecordKind.CUSTOMER) {
            inputs.ofCustomers();
        } else {
            inputs.ofMetahubs();
        }
        return inputs.all.stream();
    }

    /** Their own fields and lists, and what is read in one place for all kinds. */
    private void ofCustomers() {
        json();
        sizes();
        values();
        members();
        mediaTypes();
        queries();
        methods();
        heads();
        tokens();
        scopes();
    }

    private void ofMetahubs() {
        for (String body :
                List.of("", "{", "[]", "{\"name\":{\"en\":\"A\",\"en\":\"B\"}}", "{\"order\":1e99999999999}")) {
            bad("the body " + body, changed(patch()).json(body), 400, "malformed-body");
        }
        for (String text : List.of("\"A\"", "[]", "2", "{\"en\":2}", "{\"en\":null}")) {
            field("the name " + text, changed(patch()).json("{\"name\":" + text + "}"), nameOf(text), "type");
        }
        for (String tag : List.of("english language", "e", "en--US", "und")) {
            field(
                    "the language " + tag,
                    changed(patch()).json("{\"name\":{\"" + tag + "\":\"A\"}}"),
                    "name." + tag,
                    "language");
        }
        field("no language", changed(patch()).json("{\"name\":{}}"), "name", "required");
        field("a blank name", changed(patch()).json("{\"name\":{\"en\":\" \"}}"), "name.en", "blank");
        field(
                "a long name",
                changed(patch()).json("{\"name\":{\"en\":\"" + "a".repeat(201) + "\"}}"),
                "name.en",
                "too-long");
        field("NUL", changed(patch()).json("{\"name\":{\"en\":\"a\\u0000\"}}"), "name.en", "characters");
        for (String codename : List.of("", "A", "1a", "a b", "a-", "-a", "a--b", "a'b", "ä", "a".repeat(65))) {
            field(
                    "the codename " + codename,
                    changed(patch()).json("{\"codename\":\"" + codename + "\"}"),
                    "codename",
                    "codename");
        }
        for (String name : List.of("nick", "phone", "__proto__", "_uplDeleted", "data.phone")) {
            field("the member " + name, changed(patch()).json("{\"" + name + "\":\"x\"}"), name, "unknown");
        }
        for (String name : List.of("id", "metahubId", "factoryId", "_uplCreatedAt", "_uplCreatedBy", "_uplUpdatedBy")) {
            String other = "\"" + name + "\":\"other\"";
            readOnly(name, changed(patch()).json(Records.with(other, records.first("+2"))));
            readOnly(name, changed(put()).json(Records.with(other, records.whole("+2"))));
            readOnly(name, post().json(Records.with(other, records.whole("+2"))));
        }
        for (String query : List.of(
                "limit=0",
                "sort=phone",
                "after=x",
                "id=1",
                "codename=A",
                "updatedSince=yesterday",
                "name=a",
                "hub=1")) {
            bad("the query " + query, get(records.list(query)), 400, "malformed-query");
        }
        String reader = scene.forge().with("scope", "records:read");
        for (Request request : List.of(changed(patch()), changed(put()), changed(delete()), post())) {
            unauthenticated("no token", request.without("Authorization"));
            bad("may only read", request.token(reader), 403, "insufficient-scope");
        }
    }

    private static String nameOf(String text) {
        return text.startsWith("{") ? "name.en" : "name";
    }

    private static Map<String, Integer> texts() {
        Map<String, Integer> texts = new LinkedHashMap<>();
        texts.put("name", 200);
        texts.put("contactName", 200);
        texts.put("contactTitle", 200);
        texts.put("email", 254);
        texts.put("phone", 50);
        texts.put("notes", 10_000);
        texts.put("address.street", 200);
        texts.put("address.city", 200);
        texts.put("address.region", 200);
        texts.put("address.postalCode", 20);
        texts.put("tags[0]", 50);
        return texts;
    }

    /** @return an object whose one member, named as in {@link #TEXTS}, is that JSON */
    static String member(String name, String json) {
        if (name.startsWith("address.")) {
            return "{\"address\":{\"" + name.substring("address.".length()) + "\":" + json + "}}";
        }
        return name.equals("tags[0]") ? "{\"tags\":[" + json + "]}" : "{\"" + name + "\":" + json + "}";
    }

    // ---- preconditions

    private void ifMatch() {
        for (String value : List.of(
                "",
                "0",
                "\"0\"",
                "-1",
                "\"-1\"",
                "+2",
                "\"+2\"",
                "\"02\"",
                "2.0",
                "\"2.0\"",
                "2.5",
                "\"2.5\"",
                "2e0",
                "\"2e0\"",
                "0x2",
                "9223372036854775808",
                "\"9223372036854775808\"",
                "\"99999999999999999999999999999999\"",
                "\"\"",
                "\"2",
                "2\"",
                "'2'",
                "\" 2\"",
                "\"2 \"",
                "\"two\"",
                "null",
                "NaN",
                "\"*\"",
                "**",
                "w/\"2\"",
                "W/2",
                "W/*",
                "\"2-br\"",
                "\"2-gzip-gzip\"",
                "2-gzip",
                "\"2\", \"2\"",
                "\"1\", \"2\"",
                "\"2\",",
                "*, \"2\"",
                "\"2\" \"2\"",
                "2, 2",
                "\"2\" or 1=1")) {
            bad("If-Match: " + value, patch().header("If-Match", value), 400, "precondition-malformed");
        }
        bad("digits of another script", patch().header("If-Match", "\"２\""), 400, "malformed-request");
        for (String value : List.of("\"0\"", "\"2.5\"", "\"9223372036854775808\"", "\"1\", \"2\"", "two")) {
            bad("If-Match: " + value, put().header("If-Match", value), 400, "precondition-malformed");
            bad("If-Match: " + value, delete().header("If-Match", value), 400, "precondition-malformed");
        }
        for (Request request : List.of(patch(), put(), delete())) {
            bad(
                    "two lines of If-Match that agree",
                    request.header("If-Match", "\"2\"").header("If-Match", "\"2\""),
                    400,
                    "precondition-malformed");
            bad(
                    "two lines of If-Match, the first of them *",
                    request.header("If-Match", "*").header("If-Match", "\"2\""),
                    400,
                    "precondition-malformed");
        }
        bad(
                "many lines of If-Match",
                IntStream.rangeClosed(1, 50)
                        .boxed()
                        .reduce(patch(), (request, i) -> request.header("If-Match", "\"" + i + "\""), (a, b) -> b),
                400,
                "precondition-malformed");
    }

    private void otherConditions() {
        for (Request request : List.of(patch(), put(), delete(), post(), get())) {
            for (String value : List.of("Sun, 22 Nov 2026 10:15:30 GMT", "nonsense")) {
                bad(
                        "If-Unmodified-Since: " + value,
                        request.header("If-Unmodified-Since", value),
                        400,
                        "precondition-unsupported");
            }
        }
        bad(
                "If-Unmodified-Since beside a good If-Match",
                patch().header("If-Match", "\"2\"").header("If-Unmodified-Since", "Sun, 22 Nov 2026 10:15:30 GMT"),
                400,
                "precondition-unsupported");
        bad("If-Match on a read", get().header("If-Match", "\"2\""), 400, "precondition-unsupported");
        for (String value : List.of("", "\"2\"", "2", "\"*\"", "W/\"2\"", "*, \"2\"", "nonsense")) {
            bad("If-None-Match: " + value, put().header("If-None-Match", value), 400, "precondition-malformed");
        }
        bad(
                "two lines of If-None-Match",
                put().header("If-None-Match", "*").header("If-None-Match", "*"),
                400,
                "precondition-malformed");
        bad("If-None-Match: *", patch().header("If-None-Match", "*"), 400, "precondition-malformed");
        bad("If-None-Match: \"1\"", patch().header("If-None-Match", "\"1\""), 400, "precondition-malformed");
        bad("If-None-Match: *", delete().header("If-None-Match", "*"), 400, "precondition-malformed");
        bad("If-None-Match: \"2\"", post().header("If-None-Match", "\"2\""), 400, "precondition-malformed");
        bad("a version for a new record", post().header("If-Match", "\"1\""), 400, "precondition-malformed");
        bad("If-Match: * for a new record", post().header("If-Match", "*"), 400, "precondition-malformed");
        for (String member : List.of("\"" + kind.versionMember() + "\":1", "\"expectedVersion\":1", time(2))) {
            bad(
                    member + " for a new record",
                    post().json(Records.with(member, records.whole("A"))),
                    400,
                    "precondition-malformed");
        }
    }

    private void versionsInBodies() {
        List<String> numbers = List.of(
                "0",
                "-0",
                "-1",
                "2.0",
                "2.5",
                "0.2e1",
                "2e0",
                "2E+0",
                "1e400",
                "9223372036854775808",
                "99999999999999999999999999999999",
                "\"2\"",
                "\"\\\"2\\\"\"",
                "\"two\"",
                "\"\"",
                "null",
                "true",
                "[2]",
                "[]",
                "{}",
                "{\"version\":2}");
        for (String member : List.of(kind.versionMember(), "expectedVersion")) {
            for (String value : numbers) {
                String body = Records.with("\"" + member + "\":" + value, records.first("+2"));
                bad(body, patch().json(body), 400, "precondition-malformed");
            }
            for (String value : List.of("0", "2.5", "\"2\"", "null")) {
                String body = Records.with("\"" + member + "\":" + value, records.whole("A"));
                bad(body, put().json(body), 400, "precondition-malformed");
                bad(
                        member + ":" + value,
                        delete().json("{\"" + member + "\":" + value + "}"),
                        400,
                        "precondition-malformed");
            }
        }
        for (String value : NO_TIMES) {
            String body = Records.with("\"" + kind.updatedAtMember() + "\":" + value, records.first("+2"));
            bad(body, patch().json(body), 400, "precondition-malformed");
        }
        bad(
                "no time",
                put().json(Records.with("\"" + kind.updatedAtMember() + "\":\"now\"", records.whole("A"))),
                400,
                "precondition-malformed");
        bad("no time", delete().json("{\"" + kind.updatedAtMember() + "\":null}"), 400, "precondition-malformed");
        bad(
                "a good header beside a malformed version",
                patch().header("If-Match", "\"2\"").json(Records.with("\"version\":\"2\"", records.first("+2"))),
                400,
                "precondition-malformed");
        bad(
                "a good version beside a malformed header",
                patch().header("If-Match", "two").json(Records.with("\"version\":2", records.first("+2"))),
                400,
                "precondition-malformed");
        bad(
                "If-Match: * beside a malformed time",
                patch().header("If-Match", "*").json(Records.with("\"updatedAt\":\"now\"", records.first("+2"))),
                400,
                "precondition-malformed");
    }

    private void disagreements() {
        Map<String, String> header = Map.of("\"1\"", "If-Match: 1", "\"2\"", "If-Match: 2");
        header.forEach((tag, what) -> {
            int other = tag.equals("\"1\"") ? 2 : 1;
            for (String member :
                    List.of("\"" + kind.versionMember() + "\":" + other, "\"expectedVersion\":" + other, time(other))) {
                disagreement(what + " but " + member, "If-Match", tag, member);
            }
        });
        disagreement("If-Match: 2 but a time it never had", "If-Match", "\"2\"", unknownTime());
        for (String member : List.of("\"" + kind.versionMember() + "\":2", "\"expectedVersion\":2", time(2))) {
            disagreement("If-Match: * but " + member, "If-Match", "*", member);
            bad(
                    "If-None-Match: * but " + member,
                    put().header("If-None-Match", "*").json(Records.with(member, records.whole("A"))),
                    400,
                    "precondition-mismatch");
        }
        for (String tag : List.of("\"2\"", "*")) {
            bad(
                    "If-None-Match: * but If-Match: " + tag,
                    put().header("If-None-Match", "*").header("If-Match", tag),
                    400,
                    "precondition-mismatch");
        }
        for (String members : List.of(
                "\"" + kind.versionMember() + "\":2,\"expectedVersion\":1",
                "\"" + kind.versionMember() + "\":1,\"expectedVersion\":2",
                "\"" + kind.versionMember() + "\":2," + time(1),
                "\"" + kind.versionMember() + "\":1," + time(2),
                "\"" + kind.versionMember() + "\":3," + time(2),
                "\"" + kind.versionMember() + "\":2," + unknownTime(),
                "\"expectedVersion\":2," + time(1))) {
            bad(members, patch().json(Records.with(members, records.first("+2"))), 400, "precondition-mismatch");
            bad(members, put().json(Records.with(members, records.whole("A"))), 400, "precondition-mismatch");
            bad(members, delete().json("{" + members + "}"), 400, "precondition-mismatch");
        }
    }

    private void disagreement(String what, String header, String value, String member) {
        bad(
                what,
                patch().header(header, value).json(Records.with(member, records.first("+2"))),
                400,
                "precondition-mismatch");
        bad(
                what,
                put().header(header, value).json(Records.with(member, records.whole("A"))),
                400,
                "precondition-mismatch");
        bad(what, delete().header(header, value).json("{" + member + "}"), 400, "precondition-mismatch");
    }

    private void missingPreconditions() {
        if (!kind.requiresVersion()) {
            return;
        }
        bad("no version", patch(), 428, "precondition-required");
        bad("no version", put(), 428, "precondition-required");
        bad("no version", delete(), 428, "precondition-required");
        bad("no version", delete().json("{}"), 428, "precondition-required");
        bad("nothing at all", patch().json("{}"), 428, "precondition-required");
    }

    // ---- bodies

    private void json() {
        for (String body : List.of(
                "",
                " ",
                "{",
                "}",
                "{\"phone\"",
                "{\"phone\":}",
                "{\"phone\":\"+2\"",
                "{\"phone\":\"+2",
                "{\"phone\":\"+2\",}",
                "{,\"phone\":\"+2\"}",
                "{\"phone\" \"+2\"}",
                "{\"phone\":\"+2\" \"name\":\"A\"}",
                "{phone:\"+2\"}",
                "{'phone':'+2'}",
                "{\"phone\":+2}",
                "{\"phone\":02}",
                "{\"phone\":.5}",
                "{\"phone\":2.}",
                "{\"phone\":0x2}",
                "{\"phone\":NaN}",
                "{\"phone\":Infinity}",
                "{\"phone\":-Infinity}",
                "{\"phone\":undefined}",
                "{\"phone\":True}",
                "{\"phone\":\"\\x41\"}",
                "{\"phone\":\"\\u12\"}",
                "{\"phone\":\"+\t2\"}",
                "{\"notes\":\"one\ntwo\"}",
                "{\"phone\":\"+\u00002\"}",
                "{\"phone\":\"+2\"}\u0000",
                "// comment\n{\"phone\":\"+2\"}",
                "{\"phone\":/* comment */\"+2\"}",
                "{\"phone\":\"+2\"} # comment",
                "\uFEFF{\"phone\":\"+2\"}",
                "{\"phone\":\"+2\"}{}",
                "{\"phone\":\"+2\"} true",
                "{\"phone\":\"+2\"}]",
                "{\"phone\":\"+2\",\"phone\":\"+3\"}",
                "{\"phone\":\"+2\",\"ph\\u006fne\":\"+3\"}",
                "{\"phone\":\"+2\",\"version\":2,\"version\":2}",
                "{\"address\":{\"city\":\"A\",\"city\":\"B\"}}",
                "null",
                "true",
                "2",
                "\"text\"",
                "[]",
                "[{\"phone\":\"+2\"}]",
                "{\"phone\":" + "9".repeat(2000) + "}",
                "{\"phone\":1e99999999999}",
                "<customer><phone>+2</phone></customer>",
                "phone=%2B2")) {
            bad("the body " + body, changed(patch()).json(body), 400, "malformed-body");
        }
        for (int depth : List.of(51, 1000, 100_000)) {
            bad(
                    depth + " arrays deep",
                    changed(patch()).json("{\"notes\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}"),
                    400,
                    "malformed-body");
            bad(
                    depth + " objects deep",
                    changed(patch()).json("{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1)),
                    400,
                    "malformed-body");
        }
        bad("an empty body", changed(put()).json(""), 400, "malformed-body");
        bad("an empty body", post().json(""), 400, "malformed-body");
        bad("a list", post().json("[{\"name\":\"A\"}]"), 400, "malformed-body");
        bad("half an object", changed(delete()).json("{"), 400, "malformed-body");
        bad("a list", changed(delete()).json("[]"), 400, "malformed-body");

        Map<String, byte[]> encodings = new LinkedHashMap<>();
        encodings.put("a lone continuation byte", bytes(0x80));
        encodings.put("half a character", bytes(0xC3));
        encodings.put("an overlong slash", bytes(0xC0, 0xAF));
        encodings.put("an overlong NUL", bytes(0xC0, 0x80));
        encodings.put("an encoded surrogate", bytes(0xED, 0xA0, 0x80));
        encodings.put("an encoded pair of surrogates", bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80));
        encodings.put("a character beyond Unicode", bytes(0xF4, 0x90, 0x80, 0x80));
        encodings.put("Latin-1", "é".getBytes(StandardCharsets.ISO_8859_1));
        encodings.forEach((what, bytes) -> bad(
                what,
                changed(patch()).body("application/json", joined(utf8("{\"phone\":\""), bytes, utf8("\"}"))),
                400,
                "malformed-body"));
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            bad(
                    charset.name(),
                    changed(patch()).body("application/json", "{\"phone\":\"+2\"}".getBytes(charset)),
                    400,
                    "malformed-body");
        }
    }

    private void sizes() {
        byte[] large = utf8("{\"phone\":\"+2\"" + " ".repeat(MIB) + "}");
        byte[] oneTooMany = Arrays.copyOf(utf8("{\"phone\":\"+2\"}" + " ".repeat(MIB)), MIB + 1);
        for (Request request : List.of(changed(patch()), changed(put()), changed(delete()), post())) {
            bad("more than 1 MiB", request.body("application/json", large), 413, "body-too-large");
            bad(
                    "more than 1 MiB in chunks",
                    request.body("application/json", large).chunked(),
                    413,
                    "body-too-large");
        }
        bad("1 MiB and a byte", changed(patch()).body("application/json", oneTooMany), 413, "body-too-large");
        bad(
                "1 MiB and a byte in a chunk",
                changed(patch()).body("application/json", oneTooMany).chunked(),
                413,
                "body-too-large");
        bad(
                "the length of 10 GB",
                changed(patch()).json("{").without("Content-Length").header("Content-Length", "10000000000"),
                413,
                "body-too-large");
        bad(
                "a body that breaks off",
                changed(patch())
                        .json("{\"phone\":\"+2\"}")
                        .without("Content-Length")
                        .header("Content-Length", "100"),
                400,
                "malformed-body");
        bad(
                "a chunk that breaks off",
                changed(patch()).json("{\"phone\":\"+2\"}").chunked().raw(utf8("100\r\n{\"phone\":\"+2\"}")),
                400,
                "malformed-body");
        bad(
                "a chunk of no length",
                changed(patch()).json("{}").chunked().raw(utf8("many\r\n{\"phone\":\"+2\"}\r\n0\r\n\r\n")),
                400,
                "malformed-body");
    }

    private void values() {
        TEXTS.forEach((name, limit) -> {
            boolean email = name.equals("email");
            String ascii = email ? "a@" + "b".repeat(limit - 1) : "a".repeat(limit + 1);
            String emoji = email ? "a@" + "😀".repeat(limit - 1) : "😀".repeat(limit + 1);
            value(name, quoted(ascii), "too-long");
            value(name, quoted(emoji), "too-long");
            value(name, email ? "\"a@b\\u0000\"" : "\"a\\u0000b\"", "characters");
            value(name, email ? "\"a@b\\ud800\"" : "\"a\\ud800b\"", "characters");
            value(name, email ? "\"a@b\\udc00\"" : "\"\\udc00\"", "characters");
            value(name, email ? "\"a@\\udc00\\ud800\"" : "\"\\udc00\\ud800\"", "characters");
            if (!name.equals("notes")) {
                value(name, email ? "\"a@b\\n\"" : "\"a\\nb\"", "characters");
                value(name, email ? "\"a@b\\u0085\"" : "\"a\\u0085b\"", "characters");
            }
            for (String wrong : List.of("2", "true", "[\"a\"]", "{\"$ne\":null}")) {
                value(name, wrong, "type");
            }
        });
        value("name", "null", "required");
        for (String blank : List.of("\"\"", "\" \"", "\"\\u2003\"")) {
            value("name", blank, "blank");
            value("tags[0]", blank, "blank");
        }
        value("tags[0]", "null", "type");
        for (String email : List.of("", "a", "@", "a@", "@b", "a@b@c", "a b@c")) {
            value("email", quoted(email), "email");
        }
        for (String country : List.of("\"\"", "\"D\"", "\"de\"", "\"DEU\"", "\"XX\"", "\"D\\u0000\"", "\"D' \"")) {
            value("address.country", country, "country");
        }
        value("address.country", "49", "type");
        invalid("{\"address\":\"Main Street 1\"}", "address", "type");
        invalid("{\"address\":[]}", "address", "type");
        invalid("{\"tags\":\"vip\"}", "tags", "type");
        invalid("{\"tags\":{\"0\":\"vip\"}}", "tags", "type");
        invalid(
                "{\"tags\":["
                        + String.join(
                                ",",
                                IntStream.range(0, 51)
                                        .mapToObj(i -> "\"" + i + "\"")
                                        .toList()) + "]}",
                "tags",
                "too-many");
        bad("no name", post().json("{}"), 422, "validation-failed").field("name", "required");
        field("no name", changed(put()).json("{\"phone\":\"+2\"}"), "name", "required");
        field("no name", post().json("{\"phone\":\"+2\"}"), "name", "required");
        field("no name", post().json("{\"name\":null}"), "name", "required");
        field("a blank name", post().json("{\"name\":\" \"}"), "name", "blank");
        field("a long name", post().json("{\"name\":\"" + "a".repeat(201) + "\"}"), "name", "too-long");
        field("NUL", changed(put()).json("{\"name\":\"a\\u0000\"}"), "name", "characters");
    }

    private void members() {
        for (String name : List.of(
                "Name",
                "phoneNumber",
                "deleted",
                "currentVersion",
                "_uplVersion",
                "@class",
                "@type",
                "$where",
                "__proto__",
                "constructor",
                "class",
                "phone ",
                "",
                "address.city",
                "phone'; drop table unlost.event; --",
                "\uD83D\uDE00")) {
            field(
                    "the member " + name,
                    changed(patch()).json("{\"phone\":\"+2\",\"" + name + "\":\"x\"}"),
                    name,
                    "unknown");
        }
        field("an unknown member", post().json("{\"name\":\"A\",\"nick\":\"B\"}"), "nick", "unknown");
        field("an unknown member", changed(put()).json("{\"name\":\"A\",\"nick\":\"B\"}"), "nick", "unknown");
        field("a field", changed(delete()).json("{\"name\":\"A\"}"), "name", "unknown");
        field("a read-only member", changed(delete()).json("{\"id\":\"A\"}"), "id", "unknown");
        invalid("{\"address\":{\"city\":\"A\",\"planet\":\"B\"}}", "address.planet", "unknown");
        field("a member's name with NUL", changed(patch()).json("{\"pho\\u0000ne\":\"+2\"}"), "pho\uFFFDne", "unknown");
        field(
                "a member's name with half a pair",
                changed(patch()).json("{\"phone\\ud800\":\"+2\"}"),
                "phone\uFFFD",
                "unknown");
        for (String name : List.of("id", "factoryId", "createdAt", "createdBy", "updatedBy")) {
            readOnly(name, changed(patch()).json("{\"phone\":\"+2\",\"" + name + "\":\"other\"}"));
            readOnly(name, changed(put()).json("{\"name\":\"A\",\"" + name + "\":\"other\"}"));
            readOnly(name, post().json("{\"name\":\"A\",\"" + name + "\":\"other\"}"));
            invalid("{\"" + name + "\":2}", name, "type");
            invalid("{\"" + name + "\":null}", name, "required");
        }
        readOnly("id", changed(patch()).json("{\"phone\":\"+2\",\"id\":\"a\\u0000\\ud800\"}"));
        // even where nothing else would change
        readOnly("factoryId", changed(patch()).json("{\"factoryId\":\"other\"}"));
    }

    private void mediaTypes() {
        for (String type : List.of(
                "text/plain",
                "text/json",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json-patch+json",
                "application/vnd.api+json",
                "application/octet-stream",
                "application/*",
                "*/*",
                "json",
                "application/json; charset=utf-16",
                "application/json; charset=iso-8859-1",
                "application/json; charset=nonsense",
                "application/json, text/plain",
                ";")) {
            mediaType(type, changed(patch()).body(type, utf8("{\"phone\":\"+2\"}")), "Accept-Patch");
        }
        for (String type : List.of("application/merge-patch+json", "application/x-www-form-urlencoded", "text/plain")) {
            mediaType(type, changed(put()).body(type, utf8("{\"name\":\"A\"}")), "Accept");
            mediaType(type, post().body(type, utf8("{\"name\":\"A\"}")), "Accept");
            mediaType(type, changed(delete()).body(type, utf8("{}")), "Accept");
        }
        mediaType(
                "no Content-Type", changed(patch()).json("{\"phone\":\"+2\"}").without("Content-Type"), "Accept-Patch");
        for (String encoding : List.of("gzip", "br", "deflate", "nonsense")) {
            mediaType(
                    encoding,
                    changed(patch()).json("{\"phone\":\"+2\"}").header("Content-Encoding", encoding),
                    "Accept-Encoding");
        }
        for (String accept :
                List.of("text/html", "application/xml", "application/vnd.api+json", "image/*", "nonsense")) {
            bad("Accept: " + accept, get().header("Accept", accept), 406, "not-acceptable");
            bad("Accept: " + accept, changed(patch()).header("Accept", accept), 406, "not-acceptable");
        }
        bad("Accept: text/html", get(every).header("Accept", "text/html"), 406, "not-acceptable");
        bad("Accept: text/html", post().header("Accept", "text/html"), 406, "not-acceptable");
        bad("Accept: text/html", changed(put()).header("Accept", "text/html"), 406, "not-acceptable");
        bad("Accept: text/html", changed(delete()).header("Accept", "text/html"), 406, "not-acceptable");
    }

    // ---- addresses

    private void past() {
        for (String version : List.of(
                "",
                "0",
                "-1",
                "%2B1",
                "01",
                "1.0",
                "1e1",
                "%221%22",
                "one",
                "*",
                "1,2",
                "%EF%BC%91",
                "1%20",
                "9999999999999999999",
                "1;drop%20table%20unlost.event")) {
            bad("the version " + version, get(path + "?version=" + version), 400, "malformed-query");
            bad("from " + version, get(path + "/diff?to=1&from=" + version), 400, "malformed-query");
            bad("to " + version, get(path + "/diff?from=1&to=" + version), 400, "malformed-query");
        }
        for (String time : List.of(
                "",
                "now",
                "1795342530",
                "2026-11-22",
                "2026-11-22T10:15:30",
                "2026-11-22T10:15:30+02:00",
                "2026-11-22T10:15:30.1234567Z",
                "2026-02-30T10:15:30Z",
                "10000-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00%2B18:00",
                "9999-12-31T23:59:59-18:00",
                "2026-11-22T10:15:30Z%00")) {
            bad("the time " + time, get(path + "?at=" + time), 400, "malformed-query");
        }
        for (String query : List.of(
                "?version=1&at=2026-11-22T10:15:30Z",
                "?version=1&version=1",
                "?at=2026-11-22T10:15:30Z&at=2026-11-22T10:15:30Z",
                "?version=1&limit=1",
                "/history?version=1",
                "/history?limit=0",
                "/history?limit=201",
                "/history?limit=ten",
                "/history?after=x",
                "/history?after=%00",
                "/history?sort=version",
                "/history?after=" + cursor("name", scene.id(), "2"),
                "/history?after=" + cursor("history", scene.id(), "0"),
                "/history?after=" + cursor("history", scene.id(), "-1"),
                "/history?after=" + cursor("history", scene.id(), "two"),
                "/history?after=" + cursor("history", scene.id(), "9999999999999999999"),
                "/history?after=" + cursor("history", "00000000-0000-4000-8000-000000000000", "2"),
                "/diff",
                "/diff?from=1",
                "/diff?to=1",
                "/diff?from=1&to=2&from=1",
                "/diff?from=1&to=2&field=name",
                "/blame?version=1",
                "/blame?field=name")) {
            bad("the past " + query, get(path + query), 400, "malformed-query");
        }
        for (String below : List.of("/history", "/diff", "/blame")) {
            bad(
                            "writing to the past",
                            Request.of("DELETE", path + below).token(scene.token()),
                            405,
                            "method-not-allowed")
                    .tellsWith("Allow");
        }
    }

    private static String cursor(String order, String id, String value) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((order + "\n" + id + "\n" + value).getBytes(StandardCharsets.UTF_8));
    }

    private void queries() {
        for (String query : List.of(
                "limit=0",
                "limit=-1",
                "limit=201",
                "limit=1.5",
                "limit=1e2",
                "limit=9999999999999999999",
                "limit=ten",
                "limit=",
                "limit",
                "limit=+1",
                "limit=%EF%BC%91",
                "limit=1&limit=2",
                "sort=phone",
                "sort=",
                "sort=NAME",
                "sort=name,phone",
                "sort=name&sort=-name",
                "sort=name%20desc",
                "sort=name;drop%20table%20unlost.event",
                "sort=(select%201)",
                "after=x",
                "after=%00",
                "after=" + "A".repeat(9000),
                "after=bmFtZQo",
                "after=bmFtZQpub3QtYS11dWlkCmFjbWU",
                "after=LW5hbWUKMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAwCmFjbWU",
                "sort=updatedAt&after=dXBkYXRlZEF0CjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMAp4",
                "sort=updatedAt&after=dXBkYXRlZEF0CjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMAowMDAwLTAxLTAxVDAwOjAwOjAwWg",
                "name=",
                "name=" + "a".repeat(201),
                "name=%00",
                "name=a%0Ab",
                "name=%ED%A0%80",
                "name=%C0%80",
                "name=%80",
                "name=%",
                "name=%zz",
                "name=%2",
                "name=a&name=b",
                "email=" + "a".repeat(255),
                "email=%00",
                "tag=" + "a".repeat(51),
                "tag=%00",
                "tag=a&tag=b",
                "id=1",
                "id=*",
                "id=%27,%27",
                "id=3f2c1d5e-0000-4000-8000-000000000001,",
                "country=de",
                "country=DEU",
                "country=D%27",
                "country=%00%00",
                "updatedSince=yesterday",
                "updatedSince=2026-11-22",
                "updatedSince=2026-11-22T10:15:30",
                "updatedSince=2026-11-22T10:15:30.1234567Z",
                "updatedSince=2026-13-22T10:15:30Z",
                "updatedSince=10000-01-01T00:00:00Z",
                "updatedSince=0000-01-01T00:00:00Z",
                "updatedSince=0001-01-01T00:00:00%2B18:00",
                "updatedSince=9999-12-31T23:59:59-18:00",
                "phone=1",
                "page=2",
                "offset=10",
                "Name=a",
                "name%5B%5D=a",
                "name=a&",
                "&",
                "=a",
                "filter=%7B%22%24ne%22%3Anull%7D",
                "%6eick=a",
                "version=1")) {
            bad("the query " + query, get(every + "?" + query), 400, "malformed-query");
        }
        for (String query : List.of("versions=1", "at=now", "access_token=x", "fields=name", "_method=DELETE")) {
            bad("the query " + query, get(path + "?" + query), 400, "malformed-query");
        }
        String query = "?version=2";
        for (Request request : List.of(patch(), put(), delete(), post())) {
            Request asked = new Request(request.method(), request.target() + query, request.lines(), request.body());
            bad("a version in the query", asked, 400, "malformed-query");
        }
    }

    private void paths() {
        for (String id : List.of(
                "1",
                "null",
                "undefined",
                "*",
                "not-a-uuid",
                "00000000-0000-4000-8000-00000000000",
                "00000000-0000-4000-8000-0000000000000",
                "00000000000040008000000000000000",
                "%7B00000000-0000-4000-8000-000000000000%7D",
                "urn:uuid:00000000-0000-4000-8000-000000000000",
                "00000000-0000-4000-8000-000000000000%20",
                "%EF%BC%90%EF%BC%90000000-0000-4000-8000-000000000000",
                "g0000000-0000-4000-8000-000000000000",
                "'%20or%20'1'='1",
                "1'%20union%20select%20*%20from%20unlost.event--",
                kind.type() + ":" + scene.id(),
                "a".repeat(2000))) {
            String none = every + "/" + id;
            bad("the id " + id, get(none), 404, "not-found");
            bad("the id " + id, at(changed(patch()), none), 404, "not-found");
            bad("the id " + id, at(put().header("If-None-Match", "*"), none), 404, "not-found");
        }
        for (String unknown : List.of(missing, scene.pathInAnotherFactory())) {
            bad("an id of nobody's here", get(unknown), 404, "not-found");
            bad("an id of nobody's here", at(changed(patch()), unknown), 404, "not-found");
            bad("an id of nobody's here", at(changed(put()), unknown), 404, "not-found");
            bad("an id of nobody's here", at(changed(delete()), unknown), 404, "not-found");
            bad("any version of nobody's", at(patch().header("If-Match", "*"), unknown), 404, "not-found");
            bad("a later version of nobody's", at(patch().header("If-Match", "\"9\""), unknown), 404, "not-found");
        }
        for (String odd : List.of(
                path + "%00",
                path + "%0A",
                path + "%2F..",
                path + ";v=1",
                every + "/%2e%2e/" + kind.type() + "s",
                every.replace("/api/", "/api//"),
                every + "/a%5Cb",
                every + "/%zz",
                every + "/%C0%AF",
                every + "/{id}",
                every + "/a b",
                every + "/\"",
                every + "?name=<a>",
                every + "?name=a^b")) {
            bad("the address " + odd, get(odd), 400, "malformed-request");
        }
        for (String unknown : List.of(
                "/api",
                "/api/customer",
                "/API/customers",
                every + "/",
                path + "/",
                path + "/name",
                every + ".json",
                "/index.html",
                "/favicon.ico",
                "/actuator",
                "/actuator/health",
                "/error",
                "/h2-console",
                "/WEB-INF/web.xml",
                "/problems/no-such-problem")) {
            bad("the address " + unknown, get(unknown), 404, "not-found");
        }
    }

    private void methods() {
        bad("a record", at(post(), path), 405, "method-not-allowed").tellsWith("Allow");
        for (Request request : List.of(changed(patch()), changed(put()), changed(delete()))) {
            bad("all records", at(request, every), 405, "method-not-allowed").tellsWith("Allow");
        }
        for (String method : List.of("TRACE", "PROPFIND", "QUERY", "get", "DROP")) {
            Request request = Request.of(method, path).token(scene.token());
            bad("no method of ours", request, 405, "method-not-allowed").tellsWith("Allow");
        }
        bad("to a proxy", Request.of("CONNECT", path).token(scene.token()), 400, "malformed-request");
        bad("getting a token by GET", get("/dev/token"), 405, "method-not-allowed")
                .tellsWith("Allow");
    }

    private void heads() {
        bad("a header of 20 KiB", get().header("X-Large", "a".repeat(20 * 1024)), 400, "malformed-request");
        bad("an If-Match of 20 KiB", delete().header("If-Match", "1".repeat(20 * 1024)), 400, "malformed-request");
        bad(
                "200 headers of 100 bytes",
                IntStream.range(0, 200)
                        .boxed()
                        .reduce(get(), (request, i) -> request.header("X-" + i, "a".repeat(100)), (a, b) -> b),
                400,
                "malformed-request");
        bad("an address of 20 KiB", get(every + "?name=" + "a".repeat(20 * 1024)), 400, "malformed-request");
        for (String length : List.of("-1", "many", "1, 2", "99999999999999999999")) {
            bad(
                    "Content-Length: " + length,
                    changed(patch()).without("Content-Length").header("Content-Length", length),
                    400,
                    "malformed-request");
        }
        bad("two lengths", changed(patch()).header("Content-Length", "5"), 400, "malformed-request");
        for (String coding : List.of("gzip", "chunked, gzip", "nonsense")) {
            bad(
                    "Transfer-Encoding: " + coding,
                    changed(patch()).without("Content-Length").header("Transfer-Encoding", coding),
                    400,
                    "malformed-request");
        }
        bad("two hosts", get().header("Host", "example.com"), 400, "malformed-request");
    }

    // ---- people

    private void tokens() {
        Forge forge = scene.forge();
        Request open = get().without("Authorization");
        unauthenticated("no token", open);
        unauthenticated("no token", changed(patch()).without("Authorization"));
        unauthenticated("no token", changed(put()).without("Authorization"));
        unauthenticated("no token", changed(delete()).without("Authorization"));
        unauthenticated("no token", post().without("Authorization"));
        unauthenticated("no token", get("/no/such/path").without("Authorization"));
        unauthenticated("a token in the query", Request.of("GET", path + "?access_token=" + forge.good()));
        for (String value : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer x.y",
                "Bearer x.y.z",
                "Bearer ..",
                "Bearer \"" + forge.good() + "\"",
                "Bearer " + forge.good() + " " + forge.good(),
                "Bearer " + forge.good() + ".x",
                "Bearer " + forge.good().substring(0, 60),
                "Bearer null",
                "Bearer ' or '1'='1",
                "Basic YWRtaW46YWRtaW4=",
                "Token " + forge.good(),
                forge.good())) {
            unauthenticated("Authorization: " + value, open.header("Authorization", value));
        }
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            tokens.put("alg=" + none, forge.unsigned("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}", ""));
        }
        tokens.put(
                "alg=none with a signature",
                forge.unsigned("{\"alg\":\"none\"}", forge.good().split("\\.", -1)[2]));
        tokens.put("no alg", forge.unsigned("{\"typ\":\"JWT\"}", ""));
        tokens.put("no signature", forge.unsigned(Forge.ES256, ""));
        tokens.put("a signature of zeros", forge.unsigned(Forge.ES256, "A".repeat(86)));
        tokens.put("changed after it was signed", forge.tampered());
        tokens.put("HS256 by the public key", forge.byThePublicKey(forge.publicKey()));
        tokens.put("HS256 by the public key's PEM", forge.byThePublicKey(forge.publicKeyAsPem()));
        tokens.put("another key", forge.byAnotherKey());
        tokens.put("a key of its own", forge.byItsOwnKey());
        for (String header : List.of(
                "{\"alg\":\"ES384\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"ES256\",\"typ\":\"secevent+jwt\"}",
                "{\"alg\":\"ES256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"ES256\",\"kid\":\"' union select 'key\"}",
                "{}",
                "[]",
                "nonsense")) {
            tokens.put("the header " + header, forge.header(header));
        }
        for (String payload : List.of("", "{}", "[]", "null", "nonsense")) {
            tokens.put("the claims " + payload, forge.payload(payload));
        }
        long now = Instant.now().getEpochSecond();
        tokens.put("no issuer", forge.with("iss", null));
        tokens.put("another issuer", forge.with("iss", "https://issuer.example"));
        tokens.put("almost the issuer", forge.with("iss", "http://localhost/dev/"));
        tokens.put("no audience", forge.with("aud", null));
        tokens.put("another audience", forge.with("aud", "other"));
        tokens.put("other audiences", forge.with("aud", List.of("other", "another")));
        tokens.put("expired", forge.with("exp", now - 600));
        tokens.put("expired long ago", forge.with("exp", 0));
        tokens.put("no expiry", forge.with("exp", null));
        tokens.put("an expiry that is no time", forge.with("exp", "never"));
        tokens.put("not valid yet", forge.with("nbf", now + 600));
        for (String claim : List.of("sub", "factory_id")) {
            tokens.put("no " + claim, forge.with(claim, null));
            for (Object value :
                    List.of("", " ", "a".repeat(201), "a\u0000b", "a\nb", "a\uD800", List.of("a"), Map.of())) {
                tokens.put(claim + " " + value, forge.with(claim, value));
            }
        }
        tokens.put("a factory that is a number", forge.with("factory_id", 5));
        tokens.forEach((what, token) -> {
            unauthenticated(what, get().token(token));
            unauthenticated(what, changed(patch()).token(token));
        });
    }

    private void scopes() {
        Forge forge = scene.forge();
        Map<String, String> nothing = new LinkedHashMap<>();
        nothing.put("no scope", forge.with("scope", null));
        nothing.put("an empty scope", forge.with("scope", ""));
        nothing.put("other scopes", forge.with("scope", "openid profile"));
        nothing.put("almost the scope", forge.with("scope", "records:reader Records:read records:* records"));
        nothing.put("a scope that is a number", forge.with("scope", 5));
        nothing.forEach((what, token) -> {
            bad(what, get().token(token), 403, "insufficient-scope");
            bad(what, changed(patch()).token(token), 403, "insufficient-scope");
        });
        String reader = forge.with("scope", "records:read");
        for (Request request : List.of(changed(patch()), changed(put()), changed(delete()), post())) {
            bad("may only read", request.token(reader), 403, "insufficient-scope");
        }
        String writer = forge.with("scope", "records:write");
        bad("may only write", get().token(writer), 403, "insufficient-scope");
        bad("may only write", get(every).token(writer), 403, "insufficient-scope");
    }

    // ---- what a write may say besides

    private void editedVersions() {
        for (String value : List.of("", "0", "\"0\"", "*", "two", "\"1\", \"2\"", "9223372036854775808", "-1")) {
            bad(
                    "edited version " + value,
                    changed(patch()).header("Edited-Version", value),
                    400,
                    "precondition-malformed");
        }
        bad(
                "two edited versions",
                changed(patch()).header("Edited-Version", "\"1\"").header("Edited-Version", "\"1\""),
                400,
                "precondition-malformed");
        bad(
                "edited after it was changed",
                changed(patch()).header("Edited-Version", "\"3\""),
                400,
                "precondition-mismatch");
        bad("edited before it is there", post().header("Edited-Version", "\"1\""), 400, "precondition-malformed");
        bad(
                "edited before it is there",
                put().header("If-None-Match", "*").header("Edited-Version", "\"1\""),
                400,
                "precondition-malformed");
        if (kind.requiresVersion()) {
            bad("edited version alone", patch().header("Edited-Version", "\"1\""), 428, "precondition-required");
        }
    }

    private void keys() {
        for (Request request : List.of(changed(patch()), changed(put()), changed(delete()), post())) {
            bad("an empty key", request.header("Idempotency-Key", ""), 400, "idempotency-key-malformed");
        }
        Request write = changed(patch());
        for (String key : List.of(" ", "a".repeat(256), "ä", "a\tb")) {
            bad("key " + key, write.header("Idempotency-Key", key), 400, "idempotency-key-malformed");
        }
        bad(
                "two keys",
                write.header("Idempotency-Key", "a").header("Idempotency-Key", "b"),
                400,
                "idempotency-key-malformed");
    }

    private void restorations() {
        Request restore = changed(at(post(), path + "/restore"));
        for (String version : List.of("0", "-1", "1.5", "\"1\"", "null", "true", "[1]", "9223372036854775808")) {
            field("restoring " + version, restore.json("{\"toVersion\":" + version + "}"), "toVersion", "type");
        }
        field("restoring nothing", restore.json("{}"), "toVersion", "required");
        field("more", restore.json("{\"toVersion\":1,\"name\":\"A\"}"), "name", "unknown");
        if (kind.requiresVersion()) {
            bad("no version", at(post(), path + "/restore").json("{\"toVersion\":1}"), 428, "precondition-required");
        }
        bad("nobody", changed(at(post(), missing + "/restore")).json("{\"toVersion\":1}"), 404, "not-found");
        bad("no body", restore.raw(new byte[0]).without("Content-Length"), 400, "malformed-body");
        bad("by PUT", changed(at(put(), path + "/restore")), 405, "method-not-allowed")
                .tellsWith("Allow");
    }

    private void batches() {
        Request batch = at(post(), every + ":batch");
        String id = "\"id\":\"" + scene.id() + "\"";
        String good = "{\"method\":\"PATCH\"," + id + ",\"version\":2,\"body\":" + records.first("+2") + "}";
        field("no items", batch.json("{}"), "items", "required");
        field("no items", batch.json("{\"items\":[]}"), "items", "required");
        field("items that are none", batch.json("{\"items\":{}}"), "items", "type");
        field(
                "too many items",
                batch.json("{\"items\":[" + good + ("," + good).repeat(200) + "]}"),
                "items",
                "too-many");
        field("an unknown member", batch.json("{\"all\":1,\"items\":[" + good + "]}"), "all", "unknown");
        field("a word for true", batch.json("{\"atomic\":\"true\",\"items\":[" + good + "]}"), "atomic", "type");
        field("the same twice", batch.json("{\"items\":[" + good + "," + good + "]}"), "items[1].id", "repeated");
        field(
                "the same twice",
                batch.json("{\"items\":[" + good + ","
                        + good.replace(scene.id(), scene.id().toUpperCase(Locale.ROOT)) + "]}"),
                "items[1].id",
                "repeated");
        for (String item : List.of("1", "null", "[]", "\"PATCH\"")) {
            field("item " + item, batch.json("{\"items\":[" + item + "]}"), "items[0]", "type");
        }
        String[][] faults = {
            {"{" + id + ",\"body\":{}}", "method", "method"},
            {"{\"method\":\"GET\"," + id + ",\"body\":{}}", "method", "method"},
            {"{\"method\":\"patch\"," + id + ",\"body\":{}}", "method", "method"},
            {"{\"method\":1," + id + ",\"body\":{}}", "method", "type"},
            {"{\"method\":\"PATCH\",\"body\":{}}", "id", "required"},
            {"{\"method\":\"PATCH\",\"id\":1,\"body\":{}}", "id", "type"},
            {"{\"method\":\"POST\"," + id + ",\"body\":{}}", "id", "unknown"},
            {"{\"method\":\"PATCH\"," + id + "}", "body", "required"},
            {"{\"method\":\"PATCH\"," + id + ",\"body\":[]}", "body", "type"},
            {"{\"method\":\"PATCH\"," + id + ",\"body\":{},\"path\":1}", "path", "unknown"},
            {"{\"method\":\"PATCH\"," + id + ",\"body\":{},\"headers\":1}", "headers", "type"},
            {"{\"method\":\"PATCH\"," + id + ",\"body\":{},\"headers\":{\"X\":\"1\"}}", "headers.X", "unknown"},
            {"{\"method\":\"PATCH\"," + id + ",\"body\":{},\"headers\":{\"If-Match\":2}}", "headers.If-Match", "type"}
        };
        for (String[] fault : faults) {
            field(fault[0], batch.json("{\"items\":[" + fault[0] + "]}"), "items[0]." + fault[1], fault[2]);
        }
        String one = "{\"items\":[" + good + "]}";
        for (String header : List.of("If-Match", "If-None-Match", "If-Unmodified-Since", "Edited-Version")) {
            bad(header + " of all", batch.json(one).header(header, "\"2\""), 400, "precondition-unsupported");
        }
        bad("a malformed key", batch.json(one).header("Idempotency-Key", ""), 400, "idempotency-key-malformed");
        bad("a query", at(batch.json(one), every + ":batch?x=1"), 400, "malformed-query");
        bad("by PUT", at(put(), every + ":batch"), 405, "method-not-allowed").tellsWith("Allow");
        for (String item :
                List.of(good.replace(":2,", ":0,"), good.replace("\"version\":2", "\"updatedAt\":\"now\""))) {
            bad(
                    "atomic, " + item,
                    batch.json("{\"atomic\":true,\"items\":[" + item + "]}"),
                    400,
                    "precondition-malformed");
        }
    }

    // ---- good requests, but for what is wrong with them

    private Request get() {
        return get(path);
    }

    private Request get(String target) {
        return Request.of("GET", target).token(scene.token());
    }

    private Request patch() {
        return Request.of("PATCH", path).token(scene.token()).json(records.first("+2"));
    }

    private Request put() {
        return Request.of("PUT", path).token(scene.token()).json(records.whole("+2"));
    }

    private Request delete() {
        return Request.of("DELETE", path).token(scene.token());
    }

    private Request post() {
        return Request.of("POST", every).token(scene.token()).json(records.whole("A"));
    }

    private static Request changed(Request request) {
        return request.header("If-Match", "\"2\"");
    }

    private static Request at(Request request, String target) {
        return new Request(request.method(), target, request.lines(), request.body());
    }

    private String time(int version) {
        return "\"" + kind.updatedAtMember() + "\":\"" + scene.updatedAt(version) + "\"";
    }

    private String unknownTime() {
        return "\"" + kind.updatedAtMember() + "\":\"2001-01-01T00:00:00.000001Z\"";
    }

    // ---- findings

    private Added bad(String what, Request request, int status, String slug) {
        all.add(new BadInput(what, request, status, slug));
        return new Added();
    }

    private void unauthenticated(String what, Request request) {
        bad(what, request, 401, "unauthenticated").tellsWith("WWW-Authenticate");
    }

    private void mediaType(String what, Request request, String header) {
        bad(what, request, 415, "unsupported-media-type").tellsWith(header);
    }

    private void readOnly(String name, Request request) {
        bad("another " + name, request, 422, "read-only").field(name, "read-only");
    }

    private void field(String what, Request request, String name, String code) {
        bad(what, request, 422, "validation-failed").field(name, code);
    }

    private void value(String name, String json, String code) {
        invalid(member(name, json), name, code);
    }

    private void invalid(String body, String name, String code) {
        field(body, changed(patch()).json(body), name, code);
    }

    /** Says more of the one that was added last. */
    private final class Added {
        void field(String name, String code) {
            all.set(all.size() - 1, all.getLast().field(name, code));
        }

        void tellsWith(String header) {
            all.set(all.size() - 1, all.getLast().tellsWith(header));
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        System.arraycopy(third, 0, joined, first.length + second.length, third.length);
        return joined;
    }
}
