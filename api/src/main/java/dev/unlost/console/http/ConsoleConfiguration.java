package dev.unlost.console.http;

import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
class ConsoleConfiguration {

    /** What there is to see where the service was built without the console. */
    private static final Resource NOT_BUILT = new ClassPathResource("not-built.html", ConsoleConfiguration.class);

    @Bean
    @Profile("dev")
    static SignIn claimed() {
        return new SignIn.Claimed();
    }

    @Bean
    @Profile("!dev")
    static SignIn atIssuer(OAuth2ResourceServerProperties server, ConsoleSettings settings) {
        String issuer = Objects.requireNonNull(
                server.getJwt().getIssuerUri(), "spring.security.oauth2.resourceserver.jwt.issuer-uri");
        return new SignIn.AtIssuer(issuer, settings);
    }

    @Bean
    static ConsoleFiles consoleFiles() {
        return ConsoleFiles.in("console");
    }

    @Bean
    static ConsolePage consolePage(ConsoleFiles files, SignIn signIn) {
        return new ConsolePage(files.file("index.html").orElse(NOT_BUILT), signIn.origins());
    }
}
