package dev.unlost.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    @Test
    void isTheUuidOfTheRfcsExample() {
        // RFC 9562, appendix A.6
        assertThat(TimeOrderedIds.of(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL << 2))
                .hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    @Test
    void laterOnesSortLater() {
        UUID earlier = TimeOrderedIds.next(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));
        UUID later = TimeOrderedIds.next(Clock.fixed(Instant.ofEpochMilli(1_001), ZoneOffset.UTC));
        assertThat(earlier.toString()).isLessThan(later.toString());
        assertThat(later.version()).isEqualTo(7);
        assertThat(later.variant()).isEqualTo(2);
    }
}
