package io.clawsec.usage;

import java.time.Instant;
import java.util.UUID;

/**
 * A request that was admitted and is not settled yet: what a crash leaves behind.
 *
 * @param requestId the request
 * @param principalKey whose limits it counts against ({@code Principal.key()})
 * @param userId the principal's subject, for the audit
 * @param role the principal's role, for the audit
 * @param resource the route, for the audit
 * @param at when it was admitted
 */
public record Reservation(
        UUID requestId, String principalKey, String userId, String role, String resource, Instant at) {

    /** Leaves out who: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "Reservation[" + requestId + "]";
    }
}
