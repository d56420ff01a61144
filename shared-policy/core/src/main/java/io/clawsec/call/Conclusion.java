package io.clawsec.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function comes to: the outcome, and what the audit must hold before anybody sees it.
 *
 * @param outcome for the caller
 * @param events for the audit, appended together; empty only where the contract names no event
 * @param kept whether the function has made the events durable itself, in one commit with what they tell of
 * @param ending what the audit keeps of a stream when it is over; null for what is no stream
 */
public record Conclusion(
        Outcome outcome,
        List<EventDraft> events,
        boolean kept,
        @Nullable Ending ending) {

    /** Tells of the end of a stream, whichever end that is. */
    @FunctionalInterface
    public interface Ending {
        /**
         * The event that must be durable before the caller sees the stream's end.
         *
         * @param broken what broke the stream off; null where everything has been handed to the sink
         */
        EventDraft event(@Nullable Throwable broken);
    }

    public Conclusion {
        events = List.copyOf(events);
    }

    public Conclusion(Outcome outcome, List<EventDraft> events) {
        this(outcome, events, false, null);
    }

    public Conclusion(Outcome outcome, EventDraft event) {
        this(outcome, List.of(event));
    }

    /** A conclusion whose event is durable already. */
    public static Conclusion kept(Outcome outcome, EventDraft event) {
        return new Conclusion(outcome, List.of(event), true, null);
    }

    /** A stream: what began is durable before its first byte leaves, how it ended before its last. */
    public static Conclusion stream(AnswerStream stream, EventDraft started, Ending ending) {
        return new Conclusion(stream, List.of(started), false, ending);
    }
}
