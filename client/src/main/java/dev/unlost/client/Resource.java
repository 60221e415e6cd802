package dev.unlost.client;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of record, and where the service has it.
 *
 * @param type the name in conflicts and in the feed, e.g. {@code customer}
 * @param path from the root of the service, without a slash at the end, e.g. {@code /api/customers}
 * @param names what this kind calls the members that every record has
 * @param mergedMembers members whose own members are changed one by one; all others are replaced whole
 * @param <T> the contents
 */
public record Resource<T>(String type, String path, Codec<T> codec, MemberNames names, Set<String> mergedMembers) {

    /** Customers. */
    public static final Resource<Customer> CUSTOMERS = of("customer", "/api/customers", Codec.of(Customer.class));

    private static final Pattern METAHUB = Pattern.compile("/api/metahubs/([^/]+)/.+");

    /** @throws IllegalArgumentException if the path does not start with a slash or ends with one */
    public Resource {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash and ends without one: " + path);
        }
        mergedMembers = Set.copyOf(mergedMembers);
    }

    /** @return a kind of record whose members are named as those of customers, and are replaced whole */
    public static <T> Resource<T> of(String type, String path, Codec<T> codec) {
        return new Resource<>(type, path, codec, MemberNames.PLAIN, Set.of());
    }

    /** @return the same with other names for the members that every record has */
    public Resource<T> named(MemberNames others) {
        return new Resource<>(type, path, codec, others, mergedMembers);
    }

    /** @return the same with these members changed member by member, as an element's {@code data} */
    public Resource<T> merging(String... members) {
        return new Resource<>(type, path, codec, names, Set.of(members));
    }

    String pathOf(String id) {
        return path + "/" + Addresses.encode(id);
    }

    /** @return whether it is a change of a record of this kind, and of this metahub, as ids of two metahubs may be equal */
    boolean includes(Change change) {
        Matcher metahub = METAHUB.matcher(path);
        return type.equals(change.type())
                && Objects.equals(metahub.matches() ? metahub.group(1) : null, change.namespace());
    }

    /** @throws UnexpectedAnswerException if the document is no such record */
    Versioned<T> read(JsonNode json) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnexpectedAnswerException("not a record: " + json.getNodeType(), null);
        }
        Members members = new Members(document);
        try {
            return new Versioned<>(
                    members.text("id"),
                    members.number(names.version()),
                    codec.read(document),
                    members.time(names.createdAt()),
                    members.text(names.createdBy()),
                    members.time(names.updatedAt()),
                    members.text(names.updatedBy()),
                    members.flag("deleted"));
        } catch (JacksonException e) {
            throw new UnexpectedAnswerException("not a " + type, e);
        }
    }

    /** @return the merge patch (RFC 7396) that makes {@code after} of {@code before}; empty where they say the same */
    ObjectNode difference(T before, T after) {
        return MergePatch.between(codec.write(before), codec.write(after), mergedMembers);
    }
}
