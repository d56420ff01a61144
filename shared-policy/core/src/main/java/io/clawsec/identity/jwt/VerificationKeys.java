package io.clawsec.identity.jwt;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys whose signatures are believed. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface VerificationKeys {

    /** The key of this id, if its signatures are believed now; asked anew for every token. */
    Optional<VerificationKey> find(String keyId);

    /**
     * Keys that stay as they are.
     *
     * @throws IllegalArgumentException if there is none, or two have one id
     */
    static VerificationKeys of(Collection<VerificationKey> keys) {
        Map<String, VerificationKey> byId = new HashMap<>();
        for (VerificationKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("two verification keys have the id " + key.id());
            }
        }
        if (byId.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs at least one key");
        }
        return id -> Optional.ofNullable(byId.get(id));
    }
}
