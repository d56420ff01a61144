package io.clawsec.admin;

import io.clawsec.address.HostLookup;
import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.ConfigurationException;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.guard.Guard;
import io.clawsec.model.openai.Backends;
import io.clawsec.model.openai.ProxySettings;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts the function {@code admin} together. */
public final class AdminModule implements FunctionModule {

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        Backends backends = backends(parts);
        Supplier<PolicyInForce> policy =
                () -> parts.policyInForce(parts.settings().current());
        return new Admin(
                parts.envelope(),
                parts::access,
                policy,
                new Config(parts.settings()::current, parts.settingsChanges(backends::throughProxy)),
                new ConfigTrials(
                        parts.envelope(),
                        parts.store().usage(),
                        parts.settings()::current,
                        backends::of,
                        parts.clock()),
                new PolicyTrials(parts.envelope(), policy, Guard::new));
    }

    private static Backends backends(Parts parts) {
        try {
            return new Backends(
                    ProxySettings.fromEnvironment(parts.configuration().environment()),
                    parts.configuration().addressRules(),
                    HostLookup.ofSystem());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
