package io.clawsec.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the holders of one role may do, and how often.
 *
 * @param name lower-case name, such as {@code agent}
 * @param description one sentence for people
 * @param permissions what it may do, in the order of {@link Permission}; absence is denial
 * @param requestsPerHour how many prompts one principal may submit in a clock hour; empty: no limit
 * @param burstPerMinute how many of them in a clock minute; empty: no limit
 * @param systemPrompt whether a caller may send a system prompt of its own
 * @param allowedModels the models it may name; empty: any
 * @param tokenMinutes lifetime of its tokens, 1 to 1440 minutes
 */
public record Role(
        String name,
        String description,
        Set<Permission> permissions,
        OptionalInt requestsPerHour,
        OptionalInt burstPerMinute,
        boolean systemPrompt,
        Optional<Set<String>> allowedModels,
        int tokenMinutes) {

    public Role {
        // Set.copyOf would iterate in another order in every process: answers and tokens shall not.
        Set<Permission> ordered = EnumSet.noneOf(Permission.class);
        ordered.addAll(permissions);
        permissions = Collections.unmodifiableSet(ordered);
        allowedModels = allowedModels.map(Set::copyOf);
    }
}
