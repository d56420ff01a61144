package io.clawsec.model.openai;

import io.clawsec.model.ApiKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an OpenAI-compatible backend is reached. A value that exists is sound: no request can fail because of it.
 *
 * @param url the full chat-completions URL, http or https
 * @param key what the backend wants as a bearer token; null where it wants none
 * @param model the model that is asked where a request names none, 1 to 128 characters
 * @param maxTokens how long an answer may be where a request does not say, 1 to 1,000,000 tokens
 * @param connectTimeout how long making a connection may take, up to an hour, as the other two
 * @param readTimeout the longest silence: before the first byte of an answer, connecting included, and between any two
 * @param totalTimeout how long a call may take in all, however steadily the answer trickles
 * @param proxy through what the backend is reached
 */
public record OpenAiSettings(
        URI url,
        @Nullable ApiKey key,
        String model,
        int maxTokens,
        Duration connectTimeout,
        Duration readTimeout,
        Duration totalTimeout,
        ProxySettings proxy) {

    /** The longest of each time-out. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private static final int MOST_TOKENS = 1_000_000;
    private static final int LONGEST_MODEL = 128;
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException if a part is unsound; the message names the part and never shows it */
    public OpenAiSettings {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        require(
                web && url.getHost() != null && url.getRawUserInfo() == null && url.getPort() <= HIGHEST_PORT,
                "the backend's URL must be an http or https URL with a host and without user and password");
        require(
                key == null || isHeaderText(key.value()),
                "the backend's key must be visible ASCII characters without spaces");
        require(
                !model.isBlank()
                        && model.length() <= LONGEST_MODEL
                        && model.chars().noneMatch(Character::isISOControl),
                "the model's name must have 1 to " + LONGEST_MODEL + " characters");
        require(maxTokens >= 1 && maxTokens <= MOST_TOKENS, "max_tokens must be from 1 to " + MOST_TOKENS);
        requireTimeout("connect", connectTimeout);
        requireTimeout("read", readTimeout);
        requireTimeout("total", totalTimeout);
    }

    /** What goes into a header as it is: no space, no control, nothing that needs an encoding. */
    private static boolean isHeaderText(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7F);
    }

    private static void requireTimeout(String what, Duration timeout) {
        require(
                timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "the " + what + " time-out must be longer than nothing and at most an hour");
    }

    private static void require(boolean sound, String message) {
        if (!sound) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Shows of the URL only the host: some backends take a key in the path or the query. */
    @Override
    public String toString() {
        return "OpenAiSettings[host=" + url.getHost() + ", model=" + model + ", key=" + key + ", proxy=" + proxy + "]";
    }
}
