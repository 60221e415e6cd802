package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.feed.FeedStart.After;
import dev.unlost.feed.MalformedCursor;
import dev.unlost.feed.ResetReason;
import dev.unlost.feed.query.CursorSeal.Opened;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorSealTest {

    private static final Position PLACE = new Position(0x1234_5678_9abcL, 77);

    private final CursorSeal seal = new CursorSeal("one", new byte[32]);

    @Test
    void aCursorNamesItsPlace() {
        assertThat(seal.open("f-1", new After(seal.cursor("f-1", PLACE)))).isEqualTo(new Opened.At(PLACE));
        assertThat(seal.cursor("f-1", PLACE)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void twoCursorsOfOnePlaceHaveNothingInCommonToCompare() {
        assertThat(seal.cursor("f-1", PLACE)).isNotEqualTo(seal.cursor("f-1", PLACE));
    }

    @Test
    void aCursorOfAnotherFactoryOrLogIsForeign() {
        Opened foreign = new Opened.Elsewhere(ResetReason.FOREIGN);
        assertThat(seal.open("f-2", new After(seal.cursor("f-1", PLACE)))).isEqualTo(foreign);
        assertThat(new CursorSeal("two", new byte[32]).open("f-1", new After(seal.cursor("f-1", PLACE))))
                .isEqualTo(foreign);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(seal.cursor("f-1", PLACE));
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            After flipped = new After(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> seal.open("f-1", flipped)).isInstanceOf(MalformedCursor.class);
        }
    }

    @Test
    void aCursorMadeWithAnotherKeyIsMalformed() {
        byte[] key = new byte[32];
        key[0] = 1;
        After forged = new After(new CursorSeal("one", key).cursor("f-1", PLACE));
        assertThatThrownBy(() -> seal.open("f-1", forged)).isInstanceOf(MalformedCursor.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1", "-1", "abc", "%00", "é", "AAAA", "12345:678"})
    void whatIsNoCursorIsMalformed(String text) {
        assertThatThrownBy(() -> seal.open("f-1", new After(text))).isInstanceOf(MalformedCursor.class);
    }

    @Test
    void aCursorHasOneTextOnly() {
        String cursor = seal.cursor("f-1", PLACE);
        assertThatThrownBy(() -> seal.open("f-1", new After(cursor + "="))).isInstanceOf(MalformedCursor.class);
        assertThatThrownBy(() -> seal.open("f-1", new After(cursor + "A"))).isInstanceOf(MalformedCursor.class);
    }
}
