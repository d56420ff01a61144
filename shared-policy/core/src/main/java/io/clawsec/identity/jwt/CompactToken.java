package io.clawsec.identity.jwt;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token of the form {@code header.payload.signature} (RFC 7515, section 7.1), taken apart and not yet believed.
 *
 * <p>There is exactly one spelling of every token: each part must be the very text that base64url gives for its bytes,
 * and its JSON must be unambiguous. What is read here is therefore what the signature covers.
 *
 * @param header the header's tree
 * @param payload the payload's tree
 * @param signed the bytes that the signature is over: header, dot and payload as they stand in the token
 * @param signature what claims to be the signature
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares tokens
record CompactToken(
        Map<String, @Nullable Object> header, Map<String, @Nullable Object> payload, byte[] signed, byte[] signature) {

    /** How many characters a token may have. Ours have about 700; proxies commonly stop at 8 KB of headers. */
    static final int LONGEST = 8 * 1024;

    private static final int PARTS = 3;

    static CompactToken of(String text) throws UnsoundTokenException {
        if (text.length() > LONGEST) {
            throw new UnsoundTokenException("The token is too long.");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new UnsoundTokenException("The token is not a signed JWT.");
        }
        byte[] signature = decoded(parts[2]);
        byte[] signed = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        return new CompactToken(object(decoded(parts[0])), object(decoded(parts[1])), signed, signature);
    }

    private static byte[] decoded(String part) throws UnsoundTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            // The decoder forgives padding and stray bits at the end; a second spelling of a token is refused here.
            if (bytes.length > 0
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Not base64url at all: the same answer.
        }
        throw new UnsoundTokenException("The token is not a signed JWT.");
    }

    private static Map<String, @Nullable Object> object(byte[] utf8) throws UnsoundTokenException {
        try {
            return Json.parseObject(utf8);
        } catch (MalformedJsonException e) {
            throw new UnsoundTokenException("The token does not hold well-formed JSON.");
        }
    }
}
