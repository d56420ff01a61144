package io.clawsec.store.postgres;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.DuplicateEventException;
import java.util.List;

/**
 * Puts events at the end of this process's chain, all or none.
 *
 * @param events at most as many as one append may have
 */
record AuditAppends(List<AuditEvent> events) implements PostgresTask<Integer> {

    AuditAppends {
        events = List.copyOf(events);
    }

    @Override
    public void announce(WriteBatch batch) {
        batch.records().announce(events);
    }

    @Override
    public Integer run(WriteBatch batch) {
        AuditChain.Head head = batch.chain().head();
        int before = batch.records().waiting();
        boolean whole = false;
        try {
            events.forEach(event -> append(batch, event));
            whole = true;
            return events.size();
        } finally {
            if (!whole) {
                batch.chain().moveTo(head);
                batch.records().keep(before);
            }
        }
    }

    private static void append(WriteBatch batch, AuditEvent event) {
        if (batch.records().isTaken(event.id())) {
            throw new DuplicateEventException("an event with the id " + event.id() + " is there already");
        }
        batch.records().add(batch.chain().next(event));
    }
}
