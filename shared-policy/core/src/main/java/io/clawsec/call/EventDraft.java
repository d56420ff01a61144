package io.clawsec.call;

import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function wants the audit to keep; the envelope adds who, when, where and the request.
 *
 * @param type what kind of thing
 * @param outcome how it ended
 * @param policyViolations ids of the rules that fired
 * @param metadata lengths, counts and names
 * @param userId who, where no token says it; null: the principal's
 * @param role in which role, where no token says it; null: the principal's
 * @param occasion of events of one occasion the audit keeps the first, whichever thread or process it comes from; null:
 *     an event like no other
 */
public record EventDraft(
        EventType type,
        EventOutcome outcome,
        List<String> policyViolations,
        Map<String, Object> metadata,
        @Nullable String userId,
        @Nullable String role,
        @Nullable String occasion) {

    public EventDraft(EventType type, EventOutcome outcome) {
        this(type, outcome, List.of(), Map.of(), null, null, null);
    }

    /** The same draft with one more fact. */
    public EventDraft with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(metadata);
        more.put(name, value);
        return new EventDraft(type, outcome, policyViolations, more, userId, role, occasion);
    }

    /** The same draft with the rules that fired. */
    public EventDraft violating(List<String> rules) {
        return new EventDraft(type, outcome, rules, metadata, userId, role, occasion);
    }

    /** The same draft about somebody whom no token names. */
    public EventDraft about(@Nullable String user, @Nullable String inRole) {
        return new EventDraft(type, outcome, policyViolations, metadata, user, inRole, occasion);
    }

    /** The same draft, of which the audit keeps one only. For a conclusion's only event. */
    public EventDraft once(String ofOccasion) {
        return new EventDraft(type, outcome, policyViolations, metadata, userId, role, ofOccasion);
    }

    /** Leaves out who: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "EventDraft[" + type.wireName() + "]";
    }
}
