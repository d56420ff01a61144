package io.clawsec.testkit;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.identity.TokenVerifier;
import java.util.stream.Collectors;

/**
 * Believes a token that is the name of a role: it is {@value #USER}'s, with all that the role may do. For tests of what
 * comes behind the verifier; the real one's are its own.
 */
public final class RoleTokens implements TokenVerifier {

    /** Whom every token names. */
    public static final String USER = "alice";

    private final AccessPolicy access;

    public RoleTokens(AccessPolicy access) {
        this.access = access;
    }

    /** A token of the role. */
    public static BearerToken of(String role) {
        return new BearerToken(role);
    }

    @Override
    public TokenVerification verify(BearerToken token) {
        return access.role(token.value())
                .<TokenVerification>map(role -> new TokenVerification.Verified(principal(role)))
                .orElseGet(() -> new TokenVerification.Rejected("The token is not sound."));
    }

    private static Principal principal(Role role) {
        return new Principal(
                "clawsec",
                USER,
                role.name(),
                role.permissions().stream().map(Permission::wireName).collect(Collectors.toUnmodifiableSet()),
                "token-of-" + role.name());
    }
}
