package io.clawsec.call;

import java.util.List;

/**
 * What a function comes to: the outcome, and what the audit must hold before anybody sees it.
 *
 * @param outcome for the caller
 * @param events for the audit, appended together; empty only where the contract names no event
 * @param kept whether the function has made the events durable itself, in one commit with what they tell of
 */
public record Conclusion(Outcome outcome, List<EventDraft> events, boolean kept) {

    public Conclusion {
        events = List.copyOf(events);
    }

    public Conclusion(Outcome outcome, List<EventDraft> events) {
        this(outcome, events, false);
    }

    public Conclusion(Outcome outcome, EventDraft event) {
        this(outcome, List.of(event));
    }

    /** A conclusion whose event is durable already. */
    public static Conclusion kept(Outcome outcome, EventDraft event) {
        return new Conclusion(outcome, List.of(event), true);
    }
}
