package io.clawsec.call;

import java.util.List;

/**
 * What a function comes to: the outcome, and what the audit must hold before anybody sees it.
 *
 * @param outcome for the caller
 * @param events for the audit, appended together; empty only where the contract names no event
 */
public record Conclusion(Outcome outcome, List<EventDraft> events) {

    public Conclusion {
        events = List.copyOf(events);
    }

    public Conclusion(Outcome outcome, EventDraft event) {
        this(outcome, List.of(event));
    }
}
