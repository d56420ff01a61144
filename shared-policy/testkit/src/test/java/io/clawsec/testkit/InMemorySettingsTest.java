package io.clawsec.testkit;

import io.clawsec.settings.SettingsRepository;

/** The settings in memory keep the contract of a store. */
class InMemorySettingsTest extends SettingsRepositoryContract {

    private final InMemorySettings settings = new InMemorySettings();

    @Override
    protected SettingsRepository settings() {
        return settings;
    }

    @Override
    protected SettingsRepository otherProcess() {
        return settings;
    }
}
