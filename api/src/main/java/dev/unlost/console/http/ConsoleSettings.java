package dev.unlost.console.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in to the console, at the issuer of the access tokens. Of no effect in the development profile, where
 * the console asks who one is.
 *
 * @param clientId what the issuer calls the console, a public client; null where it was not registered, and nobody can
 *     sign in
 * @param scope what is asked for, separated by blanks
 * @param audience which service the token is to be for, where the issuer wants to be told; null where not
 * @param connectTo origins that the console may send requests to besides this service's and the issuer's, such as that
 *     of the issuer's token endpoint where it is another
 */
@ConfigurationProperties("unlost.console")
record ConsoleSettings(
        @Nullable String clientId,
        @DefaultValue("openid records:read records:write") String scope,
        @Nullable String audience,
        @DefaultValue List<String> connectTo) {

    ConsoleSettings {
        connectTo = List.copyOf(connectTo);
    }
}
