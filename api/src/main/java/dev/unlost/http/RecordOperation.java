package dev.unlost.http;

import io.swagger.v3.oas.annotations.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a handler does to which kind of record, so that the API's description can tell all that goes with it. */
@Documented
@Operation
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RecordOperation {

    /** What can be done. */
    enum Kind {
        CREATE,
        LIST,
        GET,
        HISTORY,
        DIFF,
        BLAME,
        PUT,
        PATCH,
        DELETE,
        RESTORE,
        BATCH
    }

    Kind value();

    /** The record type's name, e.g. {@code customer}; where it is empty, the handler's class has {@link RecordsOf}. */
    String type() default "";
}
