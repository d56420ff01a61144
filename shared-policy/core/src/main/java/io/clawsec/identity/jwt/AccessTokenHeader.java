package io.clawsec.identity.jwt;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of an access token (RFC 9068, section 2.1): which key it claims to be signed with, and how.
 *
 * @param keyId the {@code kid}
 * @param algorithm the {@code alg}
 */
record AccessTokenHeader(String keyId, String algorithm) {

    /** The media type of access tokens, as new tokens carry it. */
    static final String TYPE = "at+jwt";

    private static final String FULL_TYPE = "application/" + TYPE;

    /**
     * A closed list. Whatever else may stand in a header asks for something that is not done here: to trust a key that
     * came along (jwk, jku, x5c, x5u), to unpack (zip, enc), to honour an extension (crit, b64).
     */
    private static final Set<String> PARAMETERS = Set.of("typ", "alg", "kid");

    static AccessTokenHeader of(Map<String, @Nullable Object> header) throws UnsoundTokenException {
        if (!PARAMETERS.containsAll(header.keySet())) {
            throw new UnsoundTokenException("The token's header asks for what is not supported.");
        }
        // Media types know no case (RFC 9068, section 4); an ID token or a plain JWT is not an access token.
        if (!(header.get("typ") instanceof String type)
                || !(type.equalsIgnoreCase(TYPE) || type.equalsIgnoreCase(FULL_TYPE))) {
            throw new UnsoundTokenException("The token is not an access token.");
        }
        if (!(header.get("alg") instanceof String algorithm)) {
            throw new UnsoundTokenException("The token is signed with an algorithm that is not allowed.");
        }
        if (!(header.get("kid") instanceof String keyId)) {
            throw new UnsoundTokenException("The token is not signed with a known key.");
        }
        return new AccessTokenHeader(keyId, algorithm);
    }
}
