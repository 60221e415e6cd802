package dev.unlost.versioning.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;

/** Reads the refusal out of Axon's fixture, after making sure that nothing was appended. */
public final class Refused {

    private Refused() {}

    public static <X extends Throwable> X with(Class<X> refusal, ResultValidator<?> outcome) {
        AtomicReference<Object> thrown = new AtomicReference<>();
        outcome.expectNoEvents().expectException(Matchers.predicate(exception -> {
            thrown.set(exception);
            return true;
        }));
        assertThat(thrown.get()).isInstanceOf(refusal);
        return refusal.cast(thrown.get());
    }
}
