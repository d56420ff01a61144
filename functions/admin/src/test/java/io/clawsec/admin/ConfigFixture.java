package io.clawsec.admin;

import io.clawsec.address.AddressRules;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import io.clawsec.settings.ActiveSettings;
import io.clawsec.settings.BackendPlace;
import io.clawsec.settings.DataKey;
import io.clawsec.settings.SettingsChanges;
import io.clawsec.settings.SettingsLayer;
import io.clawsec.settings.SettingsStack;
import io.clawsec.testkit.InMemorySettings;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings in memory, in a world where every host is at one public address. */
final class ConfigFixture {

    final InMemorySettings repository = new InMemorySettings();
    boolean auditBroken;
    LanguageModel backend = new MockModel();

    private final SettingsStack stack = new SettingsStack(
            SettingsLayer.empty(), Optional.of(DataKey.of("0f".repeat(DataKey.BYTES), new SecureRandom())));
    final ActiveSettings active = new ActiveSettings(repository, stack, () -> 0);

    Config config() {
        BackendPlace place = new BackendPlace(
                new AddressRules(false, Set.of()), host -> List.of(InetAddress.getByName("1.1.1.1")), url -> false);
        return new Config(
                active::current,
                new SettingsChanges(repository, stack, active, place, rule -> rule.startsWith("rule-")),
                this::probe,
                llm -> backend);
    }

    private void probe() {
        if (auditBroken) {
            throw new io.clawsec.audit.AuditUnavailableException("told to fail", new IllegalStateException());
        }
    }
}
