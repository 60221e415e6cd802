package dev.unlost.http;

import static dev.unlost.http.ProblemType.*;

import dev.unlost.http.RecordOperation.Kind;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The API's description (OpenAPI 3.1). What kinds of records and the feed of their changes look like is in
 * {@code openapi/*.yaml}; what every operation on a record takes and answers with is told here, once for all kinds.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final List<ProblemType> ALWAYS = List.of(
            MALFORMED_REQUEST,
            UNAUTHENTICATED,
            FORBIDDEN,
            ORIGIN_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            TOO_MANY_REQUESTS,
            INTERNAL_ERROR,
            UNAVAILABLE);

    private static final List<ProblemType> OF_BODIES = List.of(
            MALFORMED_BODY,
            MALFORMED_QUERY,
            PRECONDITION_MALFORMED,
            PRECONDITION_UNSUPPORTED,
            IDEMPOTENCY_KEY_MALFORMED,
            REQUEST_TIMEOUT,
            BODY_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            VALIDATION_FAILED,
            IDEMPOTENCY_IN_PROGRESS,
            IDEMPOTENCY_KEY_REUSED);

    private static final List<ProblemType> OF_CHANGES =
            List.of(PRECONDITION_MISMATCH, PRECONDITION_REQUIRED, NOT_FOUND, VERSION_CONFLICT, BUSY);

    private final List<RecordFormat<?>> formats;

    ApiDescription(List<RecordFormat<?>> formats) {
        SpringDocUtils.getConfig().addResponseTypeToIgnore(Answer.class);
        this.formats = formats;
    }

    /**
     * Puts what is told here around the operations that were found. As a bean of its own a description would be copied by
     * springdoc through plain JSON, where schemas of further properties are lost; so it would not be copied, but changed by
     * every request for another language.
     */
    @Bean
    OpenApiCustomizer description() {
        return described -> {
            OpenAPI description = read();
            Components found = described.getComponents();
            if (found != null && found.getSchemas() != null) {
                found.getSchemas().forEach(description.getComponents()::addSchemas);
            }
            described
                    .info(description.getInfo())
                    .security(description.getSecurity())
                    .components(description.getComponents());
        };
    }

    private OpenAPI read() {
        OpenAPI description = load("unlost");
        Components components = description.getComponents();
        for (RecordFormat<?> format : formats) {
            Components more = load(format.type().name()).getComponents();
            components.getSchemas().putAll(more.getSchemas());
            components.getParameters().putAll(more.getParameters());
            more.getExamples().forEach(components::addExamples);
        }
        for (String part : List.of("feed", "table")) {
            Components more = load(part).getComponents();
            components.getSchemas().putAll(more.getSchemas());
            more.getResponses().forEach(components::addResponses);
        }
        for (ProblemType type : ProblemType.values()) {
            if (type != VERSION_CONFLICT) {
                components.addExamples(
                        type.slug(),
                        new Example()
                                .summary(type.title())
                                .value(Yaml31.mapper()
                                        .valueToTree(Map.of(
                                                "type", type.uri(),
                                                "title", type.title(),
                                                "status", type.status(),
                                                "detail", type.meaning(),
                                                "code", type.code()))));
                components.addResponses(type.slug(), problems(List.of(type), "Problem"));
            }
        }
        return description;
    }

    @Bean
    OperationCustomizer operations() {
        Components components = read().getComponents();
        return (operation, handler) -> {
            RecordOperation record = handler.getMethodAnnotation(RecordOperation.class);
            if (record != null) {
                RecordsOf records = handler.getBeanType().getAnnotation(RecordsOf.class);
                describe(operation, records == null ? record.type() : records.value(), record.value(), components);
            }
            Refuses refuses = handler.getMethodAnnotation(Refuses.class);
            if (refuses != null) {
                operation.addParametersItem(parameter("X-Request-Id"));
                refusals(operation, "", components, List.of(List.of(refuses.value())));
                if (refuses.toPostgrest()) {
                    operation.getResponses().values().forEach(ApiDescription::asToPostgrest);
                }
            }
            return operation;
        };
    }

    private static void asToPostgrest(ApiResponse response) {
        Content content = response.getContent();
        if (content != null && content.containsKey(Problem.MEDIA_TYPE)) {
            response.setContent(new Content()
                    .addMediaType(PostgrestError.MEDIA_TYPE, new MediaType().schema(schema("PostgrestError"))));
        }
    }

    private static void describe(Operation operation, String type, Kind kind, Components components) {
        String a = "aeiou".indexOf(type.charAt(0)) < 0 ? "a " : "an ";
        String schema = type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
        operation.operationId(kind.name().toLowerCase(Locale.ROOT) + schema).responses(new ApiResponses());
        operation.addParametersItem(parameter("X-Request-Id"));
        if (kind != Kind.GET && kind != Kind.LIST) {
            operation.addParametersItem(parameter("Idempotency-Key"));
        }
        switch (kind) {
            case CREATE -> {
                operation.summary("Creates " + a + type + " at a new id");
                body(operation, true, schema + "Create", List.of("application/json"), type + ".create.", components);
                answer(operation, 201, "Created", schema, "ETag", "Location");
                refusals(operation, type, components, List.of(OF_BODIES, List.of(READ_ONLY)));
            }
            case LIST -> {
                operation.summary("Lists " + type + "s");
                operation.addParametersItem(parameter("limit"));
                operation.addParametersItem(parameter("after"));
                names(components.getParameters().keySet(), type + ".list.")
                        .forEach(name -> operation.addParametersItem(parameter(name)));
                answer(operation, 200, "A page", schema + "List", "Link");
                refusals(operation, type, components, List.of(List.of(MALFORMED_QUERY)));
            }
            case GET -> {
                operation.summary("Reads " + a + type);
                operation.addParametersItem(parameter("version"));
                operation.addParametersItem(parameter("at"));
                operation.addParametersItem(parameter("If-None-Match.read"));
                answer(operation, 200, "The " + type + " as it is now, or was then", schema, "ETag");
                operation
                        .getResponses()
                        .addApiResponse(
                                "304",
                                new ApiResponse()
                                        .description("Not changed since")
                                        .addHeaderObject("ETag", header("ETag")));
                refusals(
                        operation,
                        type,
                        components,
                        List.of(List.of(MALFORMED_QUERY, PRECONDITION_UNSUPPORTED, NOT_FOUND, DELETED)));
            }
            case HISTORY -> {
                operation.summary("Lists what happened to " + a + type + ", deleted or not, newest first");
                operation.addParametersItem(parameter("limit"));
                operation.addParametersItem(parameter("after"));
                answer(operation, 200, "A page", "History", "Link");
                refusals(operation, type, components, List.of(List.of(MALFORMED_QUERY, NOT_FOUND)));
            }
            case DIFF -> {
                operation.summary("Compares two versions of " + a + type + ", deleted or not");
                operation.addParametersItem(parameter("from"));
                operation.addParametersItem(parameter("to"));
                answer(operation, 200, "The fields that differ", "Difference");
                refusals(operation, type, components, List.of(List.of(MALFORMED_QUERY, NOT_FOUND)));
            }
            case BLAME -> {
                operation.summary("Says who set each field of " + a + type + ", deleted or not");
                answer(operation, 200, "The last change of every field that ever had a value", "Blame");
                refusals(operation, type, components, List.of(List.of(MALFORMED_QUERY, NOT_FOUND)));
            }
            case PUT -> {
                operation.summary("Replaces " + a + type + " whole, or creates one at this id");
                precondition(operation);
                operation.addParametersItem(parameter("If-None-Match.write"));
                body(operation, true, schema + "Replace", List.of("application/json"), type + ".put.", components);
                answer(operation, 200, "Replaced; the whole new " + type, schema, "ETag");
                answer(operation, 201, "Created, with If-None-Match: *", schema, "ETag", "Location");
                refusals(
                        operation, type, components, List.of(OF_BODIES, OF_CHANGES, List.of(READ_ONLY, RULE_VIOLATED)));
            }
            case PATCH -> {
                operation.summary("Sets some fields of " + a + type);
                precondition(operation);
                operation.addParametersItem(parameter("Prefer"));
                body(
                        operation,
                        true,
                        schema + "Patch",
                        List.of("application/merge-patch+json", "application/json"),
                        type + ".patch.",
                        components);
                answer(operation, 200, "Changed; the whole new " + type, schema, "ETag", "Preference-Applied");
                refusals(
                        operation, type, components, List.of(OF_BODIES, OF_CHANGES, List.of(READ_ONLY, RULE_VIOLATED)));
            }
            case DELETE -> {
                operation.summary("Deletes " + a + type);
                precondition(operation);
                body(operation, false, "Precondition", List.of("application/json"), type + ".delete.", components);
                operation.getResponses().addApiResponse("204", new ApiResponse().description("Deleted"));
                refusals(operation, type, components, List.of(OF_BODIES, OF_CHANGES, List.of(RULE_VIOLATED)));
            }
            case RESTORE -> {
                operation.summary(
                        "Brings back the contents of an earlier version, and a deleted " + type + " with them");
                precondition(operation);
                body(operation, true, "Restoration", List.of("application/json"), type + ".restore.", components);
                answer(operation, 200, "Restored; the whole new " + type, schema, "ETag");
                refusals(
                        operation, type, components, List.of(OF_BODIES, OF_CHANGES, List.of(READ_ONLY, RULE_VIOLATED)));
            }
            case BATCH -> {
                operation.summary("Writes several " + type + "s, all or none, or each by itself");
                body(operation, true, "Batch", List.of("application/json"), type + ".batch.", components);
                answer(operation, 200, "All are written; or, where not atomic, each has its own status", "BatchAnswer");
                refusals(
                        operation, type, components, List.of(OF_BODIES, OF_CHANGES, List.of(READ_ONLY, RULE_VIOLATED)));
            }
        }
    }

    private static void precondition(Operation operation) {
        operation.addParametersItem(parameter("If-Match"));
        operation.addParametersItem(parameter("Edited-Version"));
    }

    private static void body(
            Operation operation,
            boolean required,
            String schema,
            List<String> mediaTypes,
            String examples,
            Components components) {
        Content content = new Content();
        for (String mediaType : mediaTypes) {
            MediaType media = new MediaType().schema(schema(schema));
            names(components.getExamples().keySet(), examples)
                    .forEach(name -> media.addExamples(name.substring(examples.length()), example(name)));
            content.addMediaType(mediaType, media);
        }
        operation.requestBody(new RequestBody().required(required).content(content));
    }

    private static void answer(Operation operation, int status, String description, String schema, String... headers) {
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/json", new MediaType().schema(schema(schema))))
                .addHeaderObject("X-Request-Id", header("X-Request-Id"));
        for (String name : headers) {
            response.addHeaderObject(name, header(name));
        }
        boolean write = operation.getParameters().stream()
                .anyMatch(parameter -> parameter("Idempotency-Key").get$ref().equals(parameter.get$ref()));
        if (write) {
            response.addHeaderObject("Idempotency-Replayed", header("Idempotency-Replayed"));
        }
        operation.getResponses().addApiResponse(Integer.toString(status), response);
    }

    private static void refusals(
            Operation operation, String type, Components components, List<List<ProblemType>> refusals) {
        Map<Integer, List<ProblemType>> byStatus = Stream.concat(
                        ALWAYS.stream(), refusals.stream().flatMap(List::stream))
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, types) -> operation
                .getResponses()
                .addApiResponse(
                        status.toString(),
                        types.contains(VERSION_CONFLICT)
                                ? conflicts(type, types, components)
                                : problems(types, schemaOf(types))));
    }

    private static String schemaOf(List<ProblemType> types) {
        if (types.contains(DELETED)) {
            return "Deleted";
        }
        return types.contains(FEED_RESET) ? "FeedReset" : "Problem";
    }

    private static ApiResponse problems(List<ProblemType> types, String schema) {
        MediaType media = new MediaType().schema(schema(schema));
        types.forEach(type -> media.addExamples(type.slug(), example(type.slug())));
        ApiResponse response = new ApiResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
                .content(new Content().addMediaType(Problem.MEDIA_TYPE, media));
        switch (types.getFirst().status()) {
            case 401, 403 -> response.addHeaderObject("WWW-Authenticate", header("WWW-Authenticate"));
            case 405 -> response.addHeaderObject("Allow", header("Allow"));
            case 429, 503 -> response.addHeaderObject("Retry-After", header("Retry-After"));
            default -> {}
        }
        return response;
    }

    private static ApiResponse conflicts(String type, List<ProblemType> types, Components components) {
        String prefix = type + ".conflict.";
        MediaType media = new MediaType().schema(schema("VersionConflict"));
        names(components.getExamples().keySet(), prefix)
                .forEach(name -> media.addExamples(name.substring(prefix.length()), example(name)));
        types.stream()
                .filter(other -> other != VERSION_CONFLICT)
                .forEach(other -> media.addExamples(other.slug(), example(other.slug())));
        return new ApiResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
                .addHeaderObject("Retry-After", header("Retry-After"))
                .content(new Content().addMediaType(Problem.MEDIA_TYPE, media));
    }

    private static List<String> names(Set<String> all, String prefix) {
        return all.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private static JsonSchema schema(String name) {
        JsonSchema schema = new JsonSchema();
        schema.set$ref("#/components/schemas/" + name);
        return schema;
    }

    private static Parameter parameter(String name) {
        return new Parameter().$ref("#/components/parameters/" + name);
    }

    private static Example example(String name) {
        return new Example().$ref("#/components/examples/" + name);
    }

    private static Header header(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    private static OpenAPI load(String name) {
        String path = "/openapi/" + name + ".yaml";
        try (InputStream yaml = Objects.requireNonNull(ApiDescription.class.getResourceAsStream(path), path)) {
            return Yaml31.mapper().readValue(yaml, OpenAPI.class);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
