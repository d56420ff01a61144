package io.clawsec.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which backend is to be asked, and how.
 *
 * @param url the chat-completions URL; empty: the built-in mock
 * @param key confidential
 * @param model asked for where a request names none
 * @param maxTokens the longest answer where a request does not say
 * @param timeout of a whole call
 */
public record Backend(Optional<URI> url, Optional<ApiKey> key, String model, int maxTokens, Duration timeout) {

    /** Shows the host only: some backends take a key in the path or the query. */
    @Override
    public String toString() {
        return "Backend[" + url.map(URI::getHost).orElse("mock") + "]";
    }
}
