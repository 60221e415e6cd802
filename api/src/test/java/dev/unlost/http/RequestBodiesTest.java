package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestBodiesTest {

    @Test
    void aBodyThatDripsInIsNotWaitedForForEver() {
        AtomicLong now = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                now.addAndGet(RequestBodies.PATIENCE.toNanos() / 3);
                return ' ';
            }

            @Override
            public int read(byte[] part, int from, int length) {
                part[from] = (byte) read();
                return 1;
            }
        };
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> RequestBodies.readInTime(endless, -1, now::get));
        assertThat(refused.problem().type()).isEqualTo(ProblemType.REQUEST_TIMEOUT);
        assertThat(refused.problem().headers()).containsEntry("Connection", "close");
        assertThat(now.get()).isLessThan(2 * RequestBodies.PATIENCE.toNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/merge-patch+json"
            })
    void jsonIsRead(String contentType) {
        assertThat(RequestBodies.read(request(contentType, "{}"), RequestBodies.MERGE_PATCH))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/json-patch+json",
                "application/*",
                "*/*",
                "json",
                "application/json;charset=iso-8859-1",
                "application/json;charset=nonsense",
                "application/json;charset=utf-16",
                "application/json,application/json",
                ";",
                " "
            })
    void otherMediaTypesAreUnsupported(String contentType) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> RequestBodies.read(request(contentType, "{}"), RequestBodies.MERGE_PATCH));
        assertThat(refused.problem().type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(refused.problem().headers()).containsKey("Accept-Patch");
    }

    @Test
    void aMergePatchIsNoWholeRecord() {
        assertThat(refusal(request("application/merge-patch+json", "{}")))
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void aBodyWithoutAMediaTypeIsUnsupported() {
        assertThat(refusal(request(null, "{}"))).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void compressedBodiesAreUnsupported() {
        MockHttpServletRequest request = request("application/json", "{}");
        request.addHeader("Content-Encoding", "gzip");
        assertThat(refusal(request)).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void noBodyIsMalformed() {
        assertThat(refusal(request(null, ""))).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal(request("application/json", ""))).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void aMebibyteIsReadAndOneByteMoreIsTooLarge() {
        assertThat(RequestBodies.read(request("application/json", ofLength(Json.MAX_BYTES)), RequestBodies.JSON))
                .hasSize(1);
        assertThat(refusal(request("application/json", ofLength(Json.MAX_BYTES + 1))))
                .isEqualTo(ProblemType.BODY_TOO_LARGE);
    }

    @Test
    void aBodyThatDoesNotTellItsLengthIsCutOff() {
        MockHttpServletRequest chunked = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        chunked.setContentType("application/json");
        chunked.setContent(ofLength(Json.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(chunked)).isEqualTo(ProblemType.BODY_TOO_LARGE);
    }

    @Test
    void aBodyThatNobodyNeedsMayBeMissing() {
        assertThat(RequestBodies.readIfAny(request(null, ""), RequestBodies.JSON))
                .isEmpty();
        assertThat(RequestBodies.readIfAny(request("text/plain", ""), RequestBodies.JSON))
                .isEmpty();
        assertThat(RequestBodies.readIfAny(request("application/json", "{\"version\":1}"), RequestBodies.JSON))
                .isPresent();
    }

    private static String ofLength(int bytes) {
        String start = "{\"a\":\"";
        return start + "x".repeat(bytes - start.length() - 2) + "\"}";
    }

    private static ProblemType refusal(MockHttpServletRequest request) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> RequestBodies.read(request, RequestBodies.JSON));
        assertThat(refused).as("refusal").isNotNull();
        return refused.problem().type();
    }

    private static MockHttpServletRequest request(@Nullable String contentType, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (contentType != null) {
            request.setContentType(contentType);
        }
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
