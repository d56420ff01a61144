package io.clawsec.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first.
 *
 * @param events at most as many as were asked for
 * @param nextCursor where the next page begins; null when there is none
 */
public record AuditPage(List<StoredEvent> events, @Nullable String nextCursor) {

    public AuditPage {
        events = List.copyOf(events);
    }
}
