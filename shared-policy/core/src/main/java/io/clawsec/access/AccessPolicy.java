package io.clawsec.access;

import io.clawsec.identity.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The active role matrix: who may do what. Immutable.
 *
 * <p>Absence is denial: a role that is not in the matrix may do nothing, and a permission counts only where both the
 * principal's token claims it and the matrix gives it to the principal's role.
 */
public final class AccessPolicy {

    private final Map<String, Role> roles;

    public AccessPolicy(Collection<Role> roles) {
        Map<String, Role> byName = new LinkedHashMap<>();
        for (Role role : roles) {
            if (byName.put(role.name(), role) != null) {
                throw new IllegalArgumentException("two roles are named " + role.name());
            }
        }
        this.roles = Collections.unmodifiableMap(byName);
    }

    /** The roles by name, in the order of roles.yaml. */
    public Map<String, Role> roles() {
        return roles;
    }

    /** Finds a role by its exact name. */
    public Optional<Role> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** Whether the principal may do all of what is asked; where nothing is asked, a known role is enough. */
    public boolean permits(Principal principal, Collection<Permission> asked) {
        Role role = roles.get(principal.role());
        return role != null
                && asked.stream()
                        .allMatch(permission -> role.permissions().contains(permission)
                                && principal.claimedPermissions().contains(permission.wireName()));
    }
}
