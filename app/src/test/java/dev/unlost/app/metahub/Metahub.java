package dev.unlost.app.metahub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A metahub as one of its users works with it. */
record Metahub(Caller caller, String root) {

    private static final JsonMapper JSON = new JsonMapper();

    Metahub(Caller caller) {
        this(caller, "/api/metahubs/main");
    }

    Metahub as(Caller other) {
        return new Metahub(other, root);
    }

    /** A record that others refer to by its id. */
    record Created(String path, String id) {}

    Created hub(String codename) {
        return created("hubs", Map.of("codename", codename, "name", Map.of("en", codename)));
    }

    Created catalog(String codename, Created... hubs) {
        return created(
                "catalogs",
                Map.of(
                        "codename",
                        codename,
                        "name",
                        Map.of("en", codename),
                        "hubs",
                        List.of(hubs).stream().map(Created::id).toList()));
    }

    /** @param more members of the attribute, names and values in turn */
    Created attribute(Created catalog, String codename, String type, Object... more) {
        return created("attributes", attributeBody(catalog, codename, type, more));
    }

    static Map<String, Object> attributeBody(Created catalog, String codename, String type, Object... more) {
        Map<String, Object> body = new java.util.LinkedHashMap<>(
                Map.of("catalogId", catalog.id(), "codename", codename, "name", Map.of("en", codename), "type", type));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    Created element(Created catalog, Map<String, ?> data) {
        return created("elements", Map.of("catalogId", catalog.id(), "data", data));
    }

    Created created(String kind, Map<String, ?> body) {
        Reply reply = post(kind, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        String path = reply.header("Location").orElseThrow();
        return new Created(path, path.substring(path.lastIndexOf('/') + 1));
    }

    Reply post(String kind, Map<String, ?> body) {
        return caller.post(root + "/" + kind, json(body));
    }

    Reply postElement(Created catalog, Map<String, ?> data) {
        return post("elements", Map.of("catalogId", catalog.id(), "data", data));
    }

    Reply patch(Created record, Map<String, ?> body, String... headers) {
        return caller.patch(record.path(), json(body), headers);
    }

    Reply patchData(Created element, Map<String, ?> data, String... headers) {
        return patch(element, Map.of("data", data), headers);
    }

    JsonNode get(Created record) {
        Reply reply = caller.get(record.path());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    /** @return the values of an attribute in the order of a list of elements, all its pages of that many */
    List<String> listed(Created catalog, String attribute, int limit, String query) {
        List<String> values = new java.util.ArrayList<>();
        String page = root + "/elements?limit=" + limit + "&catalogId=" + catalog.id() + query;
        String after = "";
        do {
            Reply reply = caller.get(page + after);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            StreamSupport.stream(reply.json().path("items").spliterator(), false)
                    .map(item -> item.path("data").path(attribute).asString("-"))
                    .forEach(values::add);
            after = reply.json().path("next").isNull()
                    ? ""
                    : "&after=" + reply.json().path("next").stringValue();
        } while (!after.isEmpty());
        return values;
    }

    static List<String> fields(Reply refused) {
        return StreamSupport.stream(refused.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").stringValue())
                .toList();
    }

    private static String json(Object body) {
        return JSON.writeValueAsString(body);
    }
}
