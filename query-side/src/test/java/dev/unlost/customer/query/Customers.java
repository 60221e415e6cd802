package dev.unlost.customer.query;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerDetails;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Customers by chance, from few words, so that many are alike. */
final class Customers {

    static final List<String> WORDS = List.of(
            "a",
            "A",
            "ab",
            "Á",
            "á",
            "ß",
            "SS",
            "ΟΔΟΣ",
            "οδοσα",
            "Zürich",
            "zz",
            "\uFFFD",
            "\uD83D\uDE00",
            "z\uD83D\uDE00",
            "_",
            "%");
    static final List<String> EMAILS = List.of("ann@example.com", "Ann@Example.com", "bo@example.com", "c@x.org");
    static final List<String> TAGS = List.of("vip", "VIP", "export", "\uD83D\uDE00");
    static final List<String> COUNTRIES = List.of("DE", "HU", "LI");

    private Customers() {}

    static CustomerDetails random(Random random) {
        String name = String.join(
                " ",
                IntStream.rangeClosed(0, random.nextInt(2))
                        .mapToObj(i -> pick(random, WORDS))
                        .toList());
        return new CustomerDetails(
                name,
                maybe(random, WORDS),
                null,
                maybe(random, EMAILS),
                maybe(random, WORDS),
                random.nextBoolean() ? null : new Address(null, "city", null, null, maybe(random, COUNTRIES)),
                TAGS.stream().filter(tag -> random.nextInt(3) == 0).toList(),
                maybe(random, WORDS));
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    static <T> @Nullable T maybe(Random random, List<T> from) {
        return random.nextInt(3) == 0 ? null : pick(random, from);
    }
}
