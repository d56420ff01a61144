package io.clawsec.settings;

import io.clawsec.model.ApiKey;
import io.clawsec.model.Backend;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The model backend in force.
 *
 * @param provider a label
 * @param apiUrl the chat-completions URL; empty: the built-in mock answers
 * @param apiKey confidential; there only where it was given for the origin of {@code apiUrl}
 * @param apiKeyState what callers may know of the key
 * @param model asked for where the caller names none
 * @param maxTokens the longest answer
 * @param timeoutSeconds of a whole call
 */
public record LlmSettings(
        String provider,
        Optional<URI> apiUrl,
        Optional<ApiKey> apiKey,
        KeyState apiKeyState,
        String model,
        int maxTokens,
        int timeoutSeconds) {

    /** The backend that this names. */
    public Backend backend() {
        return new Backend(apiUrl, apiKey, model, maxTokens, Duration.ofSeconds(timeoutSeconds));
    }

    /** Shows what the backend shows. */
    @Override
    public String toString() {
        return "LlmSettings[" + backend() + "]";
    }

    /** What callers may know of a key. */
    public enum KeyState {
        /** There is none. */
        NONE(""),
        /** There is one, and it is used. */
        SET("set"),
        /** One is stored and {@code CLAWSEC_DATA_KEY}, or the URL's origin, is not what it was stored under. */
        UNREADABLE("unreadable");

        private final String shown;

        KeyState(String shown) {
            this.shown = shown;
        }

        /** What stands in the key's place: never a part of it. */
        public String shown() {
            return shown;
        }
    }
}
