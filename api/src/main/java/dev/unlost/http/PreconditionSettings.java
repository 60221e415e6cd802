package dev.unlost.http;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which kinds of records may be changed without saying which version was edited.
 *
 * @param preconditions by record type, e.g. {@code unlost.preconditions.customer=optional}; a type that is not named
 *     has its own default
 */
@ConfigurationProperties("unlost")
record PreconditionSettings(@DefaultValue Map<String, Rule> preconditions) {

    /** Whether a change must say which version was edited. */
    enum Rule {
        /** It must; otherwise 428. */
        REQUIRED,
        /** It need not; it is then applied, and recorded, as unconditional. */
        OPTIONAL
    }

    boolean required(RecordFormat<?> format) {
        Rule rule = preconditions.get(format.type().name());
        return rule == null ? format.preconditionRequired() : rule == Rule.REQUIRED;
    }
}
