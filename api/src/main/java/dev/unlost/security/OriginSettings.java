package dev.unlost.security;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * Which pages of other origins a browser lets use this service.
 *
 * @param allowed origins, such as {@code https://app.example.com}; in each, {@code *} stands for any characters and
 *     {@code [*]} for any port
 */
@ConfigurationProperties("unlost.origins")
record OriginSettings(@DefaultValue({}) List<String> allowed) {

    private static final Duration PREFLIGHT_LIFETIME = Duration.ofHours(1);

    OriginSettings {
        allowed = List.copyOf(allowed);
    }

    /** No cookies: whoever calls brings a token, and pages of other origins have none but their own. */
    CorsFilter filter() {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(allowed);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        cors.setExposedHeaders(List.of(
                "Content-Range",
                "ETag",
                "Idempotency-Replayed",
                "Link",
                "Location",
                "Preference-Applied",
                "Retry-After",
                "WWW-Authenticate",
                "X-Request-Id"));
        cors.setMaxAge(PREFLIGHT_LIFETIME);
        CorsFilter filter = new CorsFilter(request -> cors);
        filter.setCorsProcessor(new OriginProblems());
        return filter;
    }
}
