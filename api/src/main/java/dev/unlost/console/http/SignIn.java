package dev.unlost.console.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How people sign in to the console. */
sealed interface SignIn {

    /** @return what the console is told of it */
    ObjectNode json();

    /** @return the origins besides the service's own that the console sends requests to */
    Set<String> origins();

    /** One says who one is. */
    record Claimed() implements SignIn {

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("development", true);
        }

        @Override
        public Set<String> origins() {
            return Set.of();
        }
    }

    /** At an issuer of access tokens, by OpenID Connect's code flow with a proof key (RFC 7636). */
    record AtIssuer(String issuer, ConsoleSettings settings) implements SignIn {

        @Override
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("development", false);
            json.put("issuer", issuer);
            putIfSaid(json, "clientId", settings.clientId());
            json.put("scope", settings.scope());
            putIfSaid(json, "audience", settings.audience());
            return json;
        }

        @Override
        public Set<String> origins() {
            Set<String> origins = new LinkedHashSet<>();
            origins.add(origin(issuer));
            settings.connectTo().forEach(address -> origins.add(origin(address)));
            return origins;
        }

        private static void putIfSaid(ObjectNode json, String name, @Nullable String value) {
            if (value != null && !value.isBlank()) {
                json.put(name, value);
            }
        }

        private static String origin(String address) {
            URI uri = URI.create(address);
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                throw new IllegalArgumentException("not the address of an issuer: " + address);
            }
            return uri.getScheme() + "://" + uri.getRawAuthority();
        }
    }
}
