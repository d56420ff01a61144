package io.clawsec.identity;

/**
 * An access token as a caller sent it: unverified, and confidential.
 *
 * @param value the compact serialisation, as it stood behind {@code Bearer }
 */
public record BearerToken(String value) {

    /** Shows the length only. */
    @Override
    public String toString() {
        return "BearerToken[" + value.length() + " characters]";
    }
}
