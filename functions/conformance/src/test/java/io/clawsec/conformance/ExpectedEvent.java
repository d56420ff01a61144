package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event that a request has to leave: of whom, and with what in it, to the last name.
 *
 * @param type its type on the wire
 * @param outcome {@code allowed}, {@code denied} or {@code error}
 * @param of whom it names
 * @param violations ids of rules
 * @param metadata all names that stand in it, each with {@code =} and its value where that is known beforehand
 */
record ExpectedEvent(String type, String outcome, Of of, List<String> violations, List<String> metadata) {

    /** Whom an event names. */
    enum Of {
        /** The user and the role of the token, or of the request for one. */
        CALLER,
        /** The user that a request for a token named, in no role. */
        CALLER_WITHOUT_ROLE,
        NOBODY
    }

    static ExpectedEvent allowed(String type, String... metadata) {
        return new ExpectedEvent(type, "allowed", Of.CALLER, List.of(), List.of(metadata));
    }

    static ExpectedEvent denied(String type, String... metadata) {
        return new ExpectedEvent(type, "denied", Of.CALLER, List.of(), List.of(metadata));
    }

    static ExpectedEvent error(String type, String... metadata) {
        return new ExpectedEvent(type, "error", Of.CALLER, List.of(), List.of(metadata));
    }

    ExpectedEvent naming(Of whom) {
        return new ExpectedEvent(type, outcome, whom, violations, metadata);
    }

    ExpectedEvent violating(String... rules) {
        return new ExpectedEvent(type, outcome, of, List.of(rules), metadata);
    }

    /** Fails unless the event is this one. */
    void holds(Map<String, @Nullable Object> event, EventRow row) {
        assertThat(event)
                .containsEntry("event_type", type)
                .containsEntry("outcome", outcome)
                .containsEntry("user_id", of == Of.NOBODY ? null : row.user())
                .containsEntry("role", of == Of.CALLER ? row.role() : null)
                .containsEntry("policy_violations", violations);
        Map<String, @Nullable Object> facts = Clone.at(event, "metadata");
        assertThat(facts.keySet())
                .map(Objects::toString)
                .containsExactlyInAnyOrderElementsOf(
                        metadata.stream().map(fact -> fact.split("=", 2)[0]).toList());
        for (String fact : metadata) {
            String[] nameAndValue = fact.split("=", 2);
            if (nameAndValue.length == 2) {
                assertThat(String.valueOf(facts.get(nameAndValue[0])))
                        .as(nameAndValue[0])
                        .isEqualTo(nameAndValue[1]);
            }
        }
    }
}
