package dev.unlost.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the API's description why a handler that is no {@link RecordOperation} may refuse, besides what all may. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

    ProblemType[] value();

    /** Whether clients of PostgREST are those that read why. */
    boolean toPostgrest() default false;
}
