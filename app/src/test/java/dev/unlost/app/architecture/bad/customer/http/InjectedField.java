package dev.unlost.app.architecture.bad.customer.http;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Has a field injected. */
class InjectedField {

    @Autowired
    @Nullable
    String field;
}
