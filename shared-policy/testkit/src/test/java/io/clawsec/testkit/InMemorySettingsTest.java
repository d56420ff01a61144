package io.clawsec.testkit;

import io.clawsec.audit.AuditRepository;
import io.clawsec.settings.SettingsRepository;

/** The settings in memory keep the contract of a store. */
class InMemorySettingsTest extends SettingsRepositoryContract {

    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemorySettings settings = new InMemorySettings(audit);

    @Override
    protected SettingsRepository settings() {
        return settings;
    }

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected SettingsRepository otherProcess() {
        return settings;
    }
}
