package dev.unlost.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import dev.unlost.security.SecuritySettings.Family;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class SecuritySettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new SecuritySettings("unlost", Family.RS));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("unlost.security.audience", "other", "unlost.security.algorithms", "ES")))
                .isEqualTo(new SecuritySettings("other", Family.ES));
    }

    @ParameterizedTest
    @EnumSource
    void aFamilyHasOneKindOfKey(Family family) {
        assertThat(family.members())
                .hasSize(3)
                .allMatch(algorithm -> algorithm.getName().startsWith(family.name()));
    }

    @Test
    void thereIsNoStartWithoutAnIssuer() {
        assertThatThrownBy(
                        () -> SecurityConfiguration.tokenDecoder(new OAuth2ResourceServerProperties(), bind(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spring.security.oauth2.resourceserver.jwt.issuer-uri");
    }

    @Test
    void anIssuerThatCannotBeReachedIsNoFaultOfTheToken() {
        OAuth2ResourceServerProperties server = new OAuth2ResourceServerProperties();
        server.getJwt().setIssuerUri("http://localhost:1");
        JwtDecoder decoder = SecurityConfiguration.tokenDecoder(server, bind(Map.of()));
        assertThatThrownBy(() -> decoder.decode("x.y.z"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    private static SecuritySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("unlost.security", SecuritySettings.class);
    }
}
