package dev.unlost.app.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

class RequiredSettingsTest {

    private static MockEnvironment production() {
        return new MockEnvironment()
                .withProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://issuer.example")
                .withProperty("spring.datasource.url", "jdbc:postgresql://db/unlost")
                .withProperty("spring.datasource.username", "unlost_app")
                .withProperty("spring.flyway.user", "unlost_owner");
    }

    @Test
    void completeConfigurationIsAccepted() {
        assertThatCode(() -> RequiredSettings.check(production())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.flyway.user"
            })
    void eachSettingWithoutASafeDefaultIsRequired(String property) {
        assertThatThrownBy(() -> RequiredSettings.check(production().withProperty(property, "")))
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining(property);
    }

    @Test
    void ownerIsNotNeededWhereMigrationsAreRunElsewhere() {
        assertThatCode(() -> RequiredSettings.check(production()
                        .withProperty("spring.flyway.user", "")
                        .withProperty("spring.flyway.enabled", "false")))
                .doesNotThrowAnyException();
    }

    @Test
    void clockIsOnlySetWrongInDevelopment() {
        MockEnvironment offset = production().withProperty("unlost.clock.offset", "61s");
        assertThatThrownBy(() -> RequiredSettings.check(offset)).hasMessageContaining("unlost.clock.offset");
        offset.setActiveProfiles("dev");
        assertThatCode(() -> RequiredSettings.check(offset)).doesNotThrowAnyException();
    }

    @Test
    void developmentNeedsNothing() {
        MockEnvironment dev = new MockEnvironment().withProperty("unlost.embedded.enabled", "true");
        dev.setActiveProfiles("dev");
        assertThatCode(() -> RequiredSettings.check(dev)).doesNotThrowAnyException();
    }

    @Test
    void embeddedDatabaseAndAnotherAreNotBothUsed() {
        MockEnvironment both = production().withProperty("unlost.embedded.enabled", "true");
        assertThatThrownBy(() -> RequiredSettings.check(both)).hasMessageContaining("spring.datasource.url");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void refusedStartIsExplainedWithoutAStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Nothing.class)
                        .web(WebApplicationType.NONE)
                        .run())
                .isInstanceOf(StartupRefused.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "issuer-uri is not set")
                .doesNotContain("\tat ");
    }

    @Configuration
    static class Nothing {}
}
