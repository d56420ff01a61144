package io.clawsec.access;

import static io.clawsec.access.Permission.AUDIT_DELETE;
import static io.clawsec.access.Permission.AUDIT_READ;
import static io.clawsec.access.Permission.OUTPUT_READ;
import static io.clawsec.access.Permission.QUERY_SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.identity.Principal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessPolicyTest {

    private final AccessPolicy policy = new AccessPolicy(
            List.of(role("agent", QUERY_SUBMIT, OUTPUT_READ), role("auditor", AUDIT_READ), role("guest")));

    private static Role role(String name, Permission... permissions) {
        return new Role(
                name, "", Set.of(permissions), OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty(), 60);
    }

    private static Principal principal(String role, String... claimed) {
        return new Principal("issuer", "alice", role, Set.of(claimed), "id");
    }

    private static final String[] EVERYTHING =
            Stream.of(Permission.values()).map(Permission::wireName).toArray(String[]::new);

    @Test
    void permitsWhatTokenAndMatrixBothGive() {
        Principal agent = principal("agent", "query:submit", "output:read");
        assertThat(policy.permits(agent, List.of(QUERY_SUBMIT))).isTrue();
        assertThat(policy.permits(agent, List.of(QUERY_SUBMIT, OUTPUT_READ))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void aForgedListOfPermissionsGivesNothingThatTheRoleLacks(Permission permission) {
        assertThat(policy.permits(principal("agent", EVERYTHING), List.of(permission)))
                .isEqualTo(Set.of(QUERY_SUBMIT, OUTPUT_READ).contains(permission));
    }

    @Test
    void aPermissionTakenFromTheRoleSinceTheTokenWasIssuedIsGone() {
        AccessPolicy stricter = new AccessPolicy(List.of(role("agent", OUTPUT_READ)));
        Principal agent = principal("agent", "query:submit", "output:read");
        assertThat(stricter.permits(agent, List.of(QUERY_SUBMIT))).isFalse();
        assertThat(stricter.permits(agent, List.of(OUTPUT_READ))).isTrue();
    }

    @Test
    void aPermissionGivenToTheRoleSinceTheTokenWasIssuedWaitsForANewToken() {
        assertThat(policy.permits(principal("agent", "output:read"), List.of(QUERY_SUBMIT)))
                .isFalse();
        assertThat(policy.permits(principal("agent"), List.of(OUTPUT_READ))).isFalse();
    }

    @Test
    void allOfWhatIsAskedMustBePermitted() {
        assertThat(policy.permits(principal("agent", EVERYTHING), List.of(QUERY_SUBMIT, AUDIT_DELETE)))
                .isFalse();
    }

    @Test
    void anUnknownRoleMayDoNothingNotEvenNothing() {
        for (String role : List.of("emperor", "Agent", "agent ", "")) {
            assertThat(policy.permits(principal(role, EVERYTHING), List.of(QUERY_SUBMIT)))
                    .isFalse();
            assertThat(policy.permits(principal(role, EVERYTHING), List.of())).isFalse();
            assertThat(policy.role(role)).isEmpty();
        }
    }

    @Test
    void whereNothingIsAskedAKnownRoleIsEnough() {
        assertThat(policy.permits(principal("guest"), List.of())).isTrue();
        assertThat(policy.permits(principal("guest", EVERYTHING), List.of(OUTPUT_READ)))
                .isFalse();
    }

    @Test
    void permissionsAreComparedByTheirExactWireNames() {
        assertThat(policy.permits(
                        principal("agent", "QUERY:SUBMIT", "QUERY_SUBMIT", "query:submit "), List.of(QUERY_SUBMIT)))
                .isFalse();
        assertThat(Permission.of("query:submit")).contains(QUERY_SUBMIT);
        assertThat(Permission.of("QUERY_SUBMIT")).isEmpty();
        assertThat(Stream.of(Permission.values()).map(Permission::wireName).collect(Collectors.toSet()))
                .hasSameSizeAs(Permission.values());
    }

    @Test
    void twoRolesOfOneNameAreRefused() {
        assertThatThrownBy(() -> new AccessPolicy(List.of(role("agent"), role("agent", QUERY_SUBMIT))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("agent");
    }

    @Test
    void nothingThatHappensToItsSourcesChangesIt() {
        Set<Permission> permissions = new HashSet<>(Set.of(OUTPUT_READ));
        List<Role> roles = new ArrayList<>(List.of(new Role(
                "agent", "", permissions, OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty(), 60)));
        AccessPolicy fixed = new AccessPolicy(roles);
        permissions.add(QUERY_SUBMIT);
        roles.clear();
        assertThat(fixed.permits(principal("agent", EVERYTHING), List.of(QUERY_SUBMIT)))
                .isFalse();
        assertThat(fixed.permits(principal("agent", EVERYTHING), List.of(OUTPUT_READ)))
                .isTrue();
        assertThatThrownBy(() -> fixed.roles().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheOrderOfRolesAndOfPermissions() {
        assertThat(policy.roles().keySet()).containsExactly("agent", "auditor", "guest");
        assertThat(role("all", Permission.values()).permissions())
                .containsExactlyElementsOf(EnumSet.allOf(Permission.class));
    }
}
