package dev.unlost.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

class HeaderTokenTest {

    private final BearerTokenResolver resolver = new HeaderToken();

    /** It takes and refuses what Spring Security's own does. */
    private final BearerTokenResolver reference = new DefaultBearerTokenResolver();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer aZ09-._~+/", "BEARER a==", "Bearer ="})
    void takesATokenOfWhateverTheRfcAllows(String header) {
        compare(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer  a",
                "Bearer a b",
                "Bearer a=b",
                "Bearer a,b",
                "Bearer\ta",
                "Bearera",
                "Bearer ä",
                "Bearer a "
            })
    void refusesWhatIsNone(String header) {
        compare(header);
        assertThatThrownBy(() -> resolver.resolve(request(header))).isInstanceOf(OAuth2AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bear a", ""})
    void leavesOtherSchemesAlone(String header) {
        compare(header);
        assertThat(resolver.resolve(request(header))).isNull();
    }

    @Test
    void looksNowhereElse() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/customers");
        request.setParameter("access_token", "a.b.c");
        assertThat(resolver.resolve(request)).isNull();
    }

    private void compare(String header) {
        String expected;
        try {
            expected = reference.resolve(request(header));
        } catch (OAuth2AuthenticationException refused) {
            assertThatThrownBy(() -> resolver.resolve(request(header)))
                    .isInstanceOfSatisfying(
                            OAuth2AuthenticationException.class,
                            e -> assertThat(e.getError())
                                    .usingRecursiveComparison()
                                    .isEqualTo(refused.getError()));
            return;
        }
        assertThat(resolver.resolve(request(header))).isEqualTo(expected);
    }

    private static MockHttpServletRequest request(String header) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/customers");
        request.addHeader("Authorization", header);
        return request;
    }
}
