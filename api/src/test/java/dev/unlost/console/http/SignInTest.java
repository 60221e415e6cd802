package dev.unlost.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.console.http.SignIn.AtIssuer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SignInTest {

    private static final String ISSUER = "https://login.example.com:8443/realms/one";

    @Test
    void defaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new ConsoleSettings(null, "openid records:read records:write", null, List.of()));
    }

    @Test
    void names() {
        assertThat(settings(Map.of(
                        "unlost.console.client-id", "console",
                        "unlost.console.scope", "openid",
                        "unlost.console.audience", "unlost",
                        "unlost.console.connect-to", "https://tokens.example.com")))
                .isEqualTo(new ConsoleSettings("console", "openid", "unlost", List.of("https://tokens.example.com")));
    }

    @Test
    void theConsoleIsToldOfTheIssuer() {
        ConsoleSettings settings = settings(Map.of("unlost.console.client-id", "console"));
        assertThat(new AtIssuer(ISSUER, settings).json().toString())
                .isEqualTo("{\"development\":false,\"issuer\":\"" + ISSUER
                        + "\",\"clientId\":\"console\",\"scope\":\"openid records:read records:write\"}");
        ConsoleSettings withAudience = settings(
                Map.of("unlost.console.client-id", "console", "unlost.console.audience", "https://unlost.example.com"));
        assertThat(new AtIssuer(ISSUER, withAudience).json().path("audience").stringValue())
                .isEqualTo("https://unlost.example.com");
    }

    @Test
    void aConsoleThatIsNotRegisteredHasNoClientId() {
        assertThat(new AtIssuer(ISSUER, settings(Map.of())).json().has("clientId"))
                .isFalse();
        assertThat(new AtIssuer(ISSUER, settings(Map.of("unlost.console.client-id", " ")))
                        .json()
                        .has("clientId"))
                .isFalse();
    }

    @Test
    void thePageMayAskTheIssuer() {
        ConsoleSettings settings = settings(Map.of("unlost.console.connect-to", "https://tokens.example.com/path"));
        ConsolePage page =
                new ConsolePage(new ByteArrayResource(new byte[0]), new AtIssuer(ISSUER, settings).origins());
        assertThat(page.answer().getHeaders().getFirst("Content-Security-Policy"))
                .contains("connect-src 'self' https://login.example.com:8443 https://tokens.example.com;");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> new AtIssuer("login.example.com", settings(Map.of())).origins())
                .hasMessageContaining("login.example.com");
    }

    private static ConsoleSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("unlost.console", ConsoleSettings.class);
    }
}
