package io.clawsec.store;

import io.clawsec.audit.AuditRepository;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.usage.UsageLedger;

/** An open store: the repositories that one database serves. */
public interface Store extends AutoCloseable {

    AuditRepository audit();

    UsageLedger usage();

    SettingsRepository settings();

    /** Where what the repositories write waits for its commit. */
    WriteQueue queue();

    /** Finishes what was accepted and lets go of the database. */
    @Override
    void close();
}
