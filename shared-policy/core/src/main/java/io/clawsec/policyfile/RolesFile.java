package io.clawsec.policyfile;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code roles.yaml}: {@code roles:}, a mapping of a role's name to what its holders may do. */
final class RolesFile {

    private static final int MAX_REQUESTS = 1_000_000_000;
    /** The longest lifetime that any token may have: 24 hours. */
    private static final int MAX_TOKEN_MINUTES = 1_440;

    private static final int DEFAULT_TOKEN_MINUTES = 60;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Set<String> KEYS = Set.of(
            "description",
            "permissions",
            "requests_per_hour",
            "burst_per_minute",
            "system_prompt",
            "allowed_models",
            "token_minutes",
            "budget");

    private final PolicyErrors errors;

    private RolesFile(PolicyErrors errors) {
        this.errors = errors;
    }

    /** The roles; what it returns counts only where no error was added. */
    static AccessPolicy read(PolicySource source, PolicyErrors errors) {
        List<Role> roles = new ArrayList<>();
        YamlText.parse(source, errors).ifPresent(file -> {
            file.allowOnly(Set.of("roles"));
            file.map("roles", "roles").ifPresent(byName -> new RolesFile(errors).readAll(byName, roles));
        });
        return new AccessPolicy(roles);
    }

    private void readAll(YamlMap byName, List<Role> roles) {
        if (byName.keys().isEmpty()) {
            errors.add(byName.node(), "there is no role");
        }
        for (String name : byName.keys()) {
            byName.map(name, "role " + name).ifPresent(role -> roles.add(role(name, role)));
        }
    }

    private Role role(String name, YamlMap role) {
        if (!NAME.matcher(name).matches()) {
            errors.add(role.node(), "a role's name is a lower-case word of at most 64 characters");
        }
        role.allowOnly(KEYS);
        if (role.keys().contains("budget")) {
            errors.add(role.at("budget"), "budget is not supported yet: remove it");
        }
        List<String> models = role.texts("allowed_models");
        if (role.keys().contains("allowed_models") && models.isEmpty()) {
            errors.add(role.at("allowed_models"), "allowed_models names no model; leave it out to allow any");
        }
        return new Role(
                name,
                role.text("description"),
                permissions(role),
                role.optionalInteger("requests_per_hour", 1, MAX_REQUESTS),
                role.optionalInteger("burst_per_minute", 1, MAX_REQUESTS),
                role.flag("system_prompt", false),
                models.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(models)),
                role.optionalInteger("token_minutes", 1, MAX_TOKEN_MINUTES).orElse(DEFAULT_TOKEN_MINUTES));
    }

    private Set<Permission> permissions(YamlMap role) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        if (!role.keys().contains("permissions")) {
            errors.add(role.node(), "the role has no permissions; write [] for none");
        }
        for (String wireName : role.texts("permissions")) {
            Permission.of(wireName)
                    .ifPresentOrElse(
                            permissions::add,
                            () -> errors.add(role.at("permissions"), "unknown permission " + wireName));
        }
        return permissions;
    }
}
