package dev.unlost.console.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The one page of the console. Only what the service itself serves is run in it, and styles that are made while it runs
 * have to know a nonce of this one answer (Content Security Policy Level 3, section 2.3.1).
 */
final class ConsolePage {

    private static final String PLACEHOLDER = "__CSP_NONCE__";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String html;
    private final String connectTo;

    /**
     * @param html where the placeholder is, the nonce comes
     * @param origins that it sends requests to, besides the service's own
     */
    ConsolePage(Resource html, Set<String> origins) {
        try {
            this.html = html.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(html.getDescription(), e);
        }
        this.connectTo = String.join(" ", origins);
    }

    ResponseEntity<Resource> answer() {
        String nonce = nonce();
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", policy(nonce))
                .body(new ByteArrayResource(html.replace(PLACEHOLDER, nonce).getBytes(StandardCharsets.UTF_8)));
    }

    private String policy(String nonce) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; "
                + "font-src 'self'; connect-src " + ("'self' " + connectTo).strip() + "; manifest-src 'self'; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
