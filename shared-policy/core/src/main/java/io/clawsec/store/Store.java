package io.clawsec.store;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.usage.UsageLedger;

/** An open store: the repositories that one database serves. */
public interface Store extends AutoCloseable {

    AuditRepository audit();

    UsageLedger usage();

    SettingsRepository settings();

    /** Where what the repositories write waits for its commit. */
    WriteQueue queue();

    /**
     * Returns when events can be kept. Does not wait where a write would not be taken on.
     *
     * @throws AuditUnavailableException when they cannot
     */
    default void probe() {
        if (queue().refuses()) {
            throw new AuditUnavailableException("the store takes no write on now", null);
        }
        audit().probe();
    }

    /** Finishes what was accepted and lets go of the database. */
    @Override
    void close();
}
