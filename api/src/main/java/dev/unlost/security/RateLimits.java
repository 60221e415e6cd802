package dev.unlost.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.unlost.http.Problem;
import dev.unlost.http.ProblemType;
import dev.unlost.http.ProblemWriter;
import dev.unlost.http.Problems;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to people and factories that ask for more than is their share, before anything is done for them. Each has
 * a bucket of tokens; what one's factory has not let through does not count against the person.
 */
final class RateLimits extends OncePerRequestFilter {

    /** People, and factories, that a node counts for; of more, some begin anew. */
    private static final int MAX_BUCKETS = 100_000;

    private record Someone(String factoryId, String sub) {}

    private final LoadingCache<Someone, Bucket> people;
    private final LoadingCache<String, Bucket> factories;

    RateLimits(RateSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(RateSettings settings, TimeMeter clock) {
        this.people = buckets(settings.personPerSecond(), settings.personBurst(), clock);
        this.factories = buckets(settings.factoryPerSecond(), settings.factoryBurst(), clock);
    }

    private static <K> LoadingCache<K, Bucket> buckets(int perSecond, int burst, TimeMeter clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                // by then it is full again, and as good as a new one
                .expireAfterAccess(Duration.ofSeconds(burst / perSecond + 1))
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .withCustomTimePrecision(clock)
                        .build());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication) {
            Jwt token = authentication.getToken();
            Optional<Duration> wait =
                    take(TokenClaims.factory(token), TokenClaims.person(token).id());
            if (wait.isPresent()) {
                Problem problem = Problems.retryLater(ProblemType.TOO_MANY_REQUESTS, wait.get());
                ProblemWriter.write(request, response, problem);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** @return empty where the request may go on; otherwise how long it takes until one may */
    Optional<Duration> take(String factoryId, String sub) {
        Bucket person = people.get(new Someone(factoryId, sub));
        ConsumptionProbe ofPerson = person.tryConsumeAndReturnRemaining(1);
        if (!ofPerson.isConsumed()) {
            return Optional.of(Duration.ofNanos(ofPerson.getNanosToWaitForRefill()));
        }
        ConsumptionProbe ofFactory = factories.get(factoryId).tryConsumeAndReturnRemaining(1);
        if (!ofFactory.isConsumed()) {
            person.addTokens(1);
            return Optional.of(Duration.ofNanos(ofFactory.getNanosToWaitForRefill()));
        }
        return Optional.empty();
    }
}
