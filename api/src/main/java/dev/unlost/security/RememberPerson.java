package dev.unlost.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.unlost.http.Messages;
import dev.unlost.http.People;
import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import dev.unlost.http.Problems;
import dev.unlost.http.RequestIds;
import dev.unlost.http.RequestOrigin;
import dev.unlost.people.PeopleCommand.RememberPersonCommand;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Says who a request comes from, and keeps what is known of that person current: told once a node, and again when the
 * token says something else. It is told before the request's own work, so that a conflict can always name its author.
 */
@Component
class RememberPerson implements HandlerInterceptor {

    /** People that a node keeps in mind; of more, some are told again, which does no harm. */
    private static final int MAX_PEOPLE = 10_000;

    private record Key(String factoryId, String sub) {}

    private final Messages messages;
    private final People people;
    private final Cache<Key, Person> told =
            Caffeine.newBuilder().maximumSize(MAX_PEOPLE).build();

    RememberPerson(Messages messages, People people) {
        this.messages = messages;
        this.people = people;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication) {
            Jwt token = authentication.getToken();
            Person person = TokenClaims.person(token);
            Origin origin = new Origin(TokenClaims.factory(token), person.id(), RequestIds.of(request));
            RequestOrigin.set(request, origin);
            remember(person, origin);
        }
        return true;
    }

    private void remember(Person person, Origin origin) {
        Key key = new Key(origin.factoryId(), person.id());
        if (person.equals(told.getIfPresent(key))) {
            return;
        }
        try {
            messages.tell(new RememberPersonCommand(person), origin);
        } catch (RuntimeException e) {
            throw new ProblemException(Problems.retryLater(ProblemType.UNAVAILABLE), e);
        }
        people.forget(person.id(), origin);
        told.put(key, person);
    }
}
