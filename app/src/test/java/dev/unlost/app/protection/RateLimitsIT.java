package dev.unlost.app.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A token comes back every second, so that what is counted here does not depend on how fast the tests run. */
class RateLimitsIT {

    private static final int PERSON = 5;
    private static final int FACTORY = 9;
    private static final TestNode NODE = TestNode.inProcess(
            SharedNodes.database(),
            "unlost.rates.enabled=true",
            "unlost.rates.person-per-second=1",
            "unlost.rates.person-burst=" + PERSON,
            "unlost.rates.factory-per-second=1",
            "unlost.rates.factory-burst=" + FACTORY);

    private final String factory = "rates-" + UUID.randomUUID();
    private final Caller ann = Caller.of(NODE, "ann", factory);
    private final Caller bob = Caller.of(NODE, "bob", factory);

    @AfterAll
    static void stop() {
        NODE.close();
    }

    @Test
    void aPersonOverTheLimitIsToldWhenToComeBack() {
        Reply refused = untilRefused(ann, 10 * PERSON);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(refused.header("X-Request-Id")).isPresent();
        assertThat(refused.header("ETag")).isEmpty();
        assertThat(refused.json().path("code").stringValue()).isEqualTo("too-many-requests");
        assertThat(refused.json().path("type").stringValue()).isEqualTo("/problems/too-many-requests");
    }

    @Test
    void othersOfTheFactoryGoOnUntilItsOwnLimit() {
        untilRefused(ann, 10 * PERSON);
        assertThat(list(bob).status()).isEqualTo(200);
        for (int i = 0; i < FACTORY; i++) {
            untilRefused(Caller.of(NODE, "one-of-many-" + i, factory), 10 * PERSON);
        }
        assertThat(untilRefused(Caller.of(NODE, "fresh", factory), PERSON).status())
                .as("somebody's who has sent nothing yet")
                .isEqualTo(429);
    }

    @Test
    void anotherFactoryIsUntouched() {
        for (int i = 0; i < FACTORY; i++) {
            untilRefused(Caller.of(NODE, "one-of-many-" + i, factory), 10 * PERSON);
        }
        Caller stranger = Caller.of(NODE, "ann", "rates-" + UUID.randomUUID());
        for (int i = 0; i < PERSON; i++) {
            assertThat(list(stranger).status()).isEqualTo(200);
        }
    }

    @Test
    void refusedWritesAreNotCarriedOut() {
        Caller cid = Caller.of(NODE, "cid", factory);
        Reply reply;
        int created = 0;
        do {
            reply = cid.post("/api/customers", "{\"name\":\"A\"}");
            created += reply.status() == 201 ? 1 : 0;
        } while (reply.status() == 201);
        assertThat(reply.status()).isEqualTo(429);
        // another node counts for itself
        assertThat(list(cid.at(SharedNodes.first())).json().path("items").size())
                .isEqualTo(created);
    }

    @Test
    void whatNeedsNoTokenIsNotCounted() {
        for (int i = 0; i < 3 * FACTORY; i++) {
            assertThat(NODE.token("ann", factory)).isNotBlank();
        }
    }

    private static Reply untilRefused(Caller caller, int most) {
        Reply reply = list(caller);
        for (int i = 1; i < most && reply.status() != 429; i++) {
            reply = list(caller);
        }
        return reply;
    }

    private static Reply list(Caller caller) {
        return caller.get("/api/customers");
    }
}
