package dev.unlost.security;

import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import dev.unlost.http.Problems;
import jakarta.servlet.DispatcherType;
import java.security.KeyPair;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every request carries a token, unless it asks for what everybody may know. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    OriginSettings.class,
    RateSettings.class,
    SecuritySettings.class,
    OAuth2ResourceServerProperties.class
})
class SecurityConfiguration implements WebMvcConfigurer {

    private static final String READ = "SCOPE_records:read";
    private static final String WRITE = "SCOPE_records:write";
    private static final String MANAGE = "SCOPE_projections:manage";

    /** Swagger UI styles its page inline. The console has a policy of its own. */
    private static final String CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final RememberPerson rememberPerson;

    SecurityConfiguration(RememberPerson rememberPerson) {
        this.rememberPerson = rememberPerson;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(rememberPerson);
    }

    /** How long each filter takes is of no use to those who run this, and costs more than the filters. */
    @Bean
    static SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Order(1)
    static SecurityFilterChain managementSecurity(
            HttpSecurity http, JwtDecoder tokens, WebEndpointProperties management) {
        stateless(http, tokens);
        return http.securityMatcher(endpoints(management.getBasePath()))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(MANAGE))
                .build();
    }

    /** Looks for a class at each request that it is asked about, so it is not asked about the API. */
    private static RequestMatcher endpoints(String basePath) {
        RequestMatcher endpoints = EndpointRequest.toAnyEndpoint();
        boolean mayBeWithinTheApi = basePath.length() <= 1 || basePath.startsWith("/api");
        return mayBeWithinTheApi
                ? endpoints
                : new AndRequestMatcher(
                        new NegatedRequestMatcher(PathPatternRequestMatcher.pathPattern("/api/**")), endpoints);
    }

    @Bean
    @Order(2)
    static SecurityFilterChain apiSecurity(
            HttpSecurity http, JwtDecoder tokens, RateSettings rates, OriginSettings origins) {
        stateless(http, tokens);
        if (!origins.allowed().isEmpty()) {
            http.addFilter(origins.filter());
        }
        if (rates.enabled()) {
            http.addFilterAfter(new RateLimits(rates), BearerTokenAuthenticationFilter.class);
        }
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/**", "/rest/**")
                        .hasAuthority(READ)
                        .requestMatchers(HttpMethod.HEAD, "/api/**", "/rest/**")
                        .hasAuthority(READ)
                        .requestMatchers(HttpMethod.OPTIONS, "/api/**", "/rest/**")
                        .hasAuthority(READ)
                        .requestMatchers("/api/**", "/rest/**")
                        .hasAuthority(WRITE)
                        .requestMatchers(
                                "/problems/**",
                                "/v3/api-docs",
                                "/v3/api-docs.yaml",
                                "/v3/api-docs/**",
                                "/swagger-ui.html",
                                "/swagger-ui/**",
                                "/",
                                "/console",
                                "/console/**",
                                // answered in the development profile, not found elsewhere
                                "/dev/people",
                                "/dev/token")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /**
     * Who sends a token. Spring Security's own way would, for each request, copy the token to be its principal and tell of
     * each success as an event; nobody asks for either.
     */
    private static AuthenticationManager senders(JwtDecoder tokens) {
        JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
        JwtAuthenticationProvider senders = new JwtAuthenticationProvider(tokens);
        senders.setJwtAuthenticationConverter(token -> new JwtAuthenticationToken(token, scopes.convert(token)));
        return senders::authenticate;
    }

    private static void stateless(HttpSecurity http, JwtDecoder tokens) {
        SecurityProblems problems = new SecurityProblems();
        // said here, as the configurer would add a filter that looks after sessions, which there are none of
        http.setSharedObject(SessionCreationPolicy.class, SessionCreationPolicy.STATELESS);
        http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny))
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.authenticationManager(senders(tokens)))
                        .bearerTokenResolver(new HeaderToken())
                        // RFC 9728; Spring Security says true unless told, and no token here is bound to a certificate
                        .protectedResourceMetadata(metadata -> metadata.protectedResourceMetadataCustomizer(
                                said -> said.tlsClientCertificateBoundAccessTokens(false)
                                        .scopes(scopes -> scopes.addAll(List.of("records:read", "records:write")))))
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems));
    }

    @Bean
    @Profile("dev")
    static JwtDecoder developmentTokenDecoder(
            @Qualifier("developmentSigningKey") KeyPair key, SecuritySettings settings) {
        return DevelopmentTokens.decoder(key, settings);
    }

    @Bean
    @Profile("!dev")
    static JwtDecoder tokenDecoder(OAuth2ResourceServerProperties server, SecuritySettings settings) {
        String issuer = server.getJwt().getIssuerUri();
        if (issuer == null || issuer.isBlank()) {
            throw new IllegalStateException(
                    "No issuer of access tokens: set spring.security.oauth2.resourceserver.jwt.issuer-uri");
        }
        String keys = server.getJwt().getJwkSetUri();
        // the issuer is asked for its keys at the first token, so that it need not be up before this service
        SupplierJwtDecoder decoder = new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder nimbus = (keys == null
                            ? NimbusJwtDecoder.withIssuerLocation(issuer)
                            : NimbusJwtDecoder.withJwkSetUri(keys))
                    .jwsAlgorithms(algorithms ->
                            algorithms.addAll(settings.algorithms().members()))
                    .build();
            return new RememberedSignatures(nimbus, TokenRules.of(issuer, settings.audience()));
        });
        return token -> {
            try {
                return decoder.decode(token);
            } catch (BadJwtException bad) {
                throw bad;
            } catch (JwtException | JwtDecoderInitializationException keysOutOfReach) {
                throw new ProblemException(Problems.retryLater(ProblemType.UNAVAILABLE), keysOutOfReach);
            }
        };
    }
}
