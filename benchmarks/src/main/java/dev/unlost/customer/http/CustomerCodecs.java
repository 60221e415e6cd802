package dev.unlost.customer.http;

import dev.unlost.http.RecordCodec;

/** Lets the microbenchmarks have what is not public. */
public final class CustomerCodecs {

    private CustomerCodecs() {}

    public static RecordCodec<?> codec() {
        return new CustomerCodec();
    }
}
