package dev.unlost.security;

import dev.unlost.people.Person;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** The claims that this service lives by: who, and of which factory. */
final class TokenClaims implements OAuth2TokenValidator<Jwt> {

    private static final String SUB = "sub";
    static final String FACTORY = "factory_id";
    static final String EMAIL = "email";
    static final String NICKNAME = "nickname";
    static final String SCOPE = "scope";

    /** The longest {@code sub}, {@code factory_id}, {@code email} and {@code nickname}, in characters. */
    static final int MAX_LENGTH = 200;

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        if (sound(token, SUB) == null) {
            return failure(SUB);
        }
        if (sound(token, FACTORY) == null) {
            return failure(FACTORY);
        }
        return OAuth2TokenValidatorResult.success();
    }

    static String factory(Jwt token) {
        return required(token, FACTORY);
    }

    /** @return what the token says of the person; an e-mail or nickname that cannot be kept counts as none */
    static Person person(Jwt token) {
        return new Person(required(token, SUB), sound(token, EMAIL), sound(token, NICKNAME));
    }

    /** @return whether the text can be kept, shown and compared */
    static boolean isSound(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= MAX_LENGTH && isShown(text);
    }

    private static boolean isShown(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE) {
                return false;
            }
            i += Character.charCount(character);
        }
        return true;
    }

    private static String required(Jwt token, String claim) {
        return Objects.requireNonNull(sound(token, claim), claim);
    }

    private static @Nullable String sound(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && isSound(text) ? text : null;
    }

    private static OAuth2TokenValidatorResult failure(String claim) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(
                OAuth2ErrorCodes.INVALID_TOKEN, "The " + claim + " claim is missing or not valid", null));
    }
}
