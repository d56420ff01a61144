package io.clawsec.query;

import io.clawsec.address.HostLookup;
import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.ConfigurationException;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.model.Backend;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.openai.Backends;
import io.clawsec.model.openai.ProxySettings;
import io.clawsec.settings.Derived;
import io.clawsec.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts the function {@code query} together. */
public final class QueryModule implements FunctionModule {

    @Override
    public String name() {
        return "query";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        Backends backends = backends(parts);
        Derived<Backend, LanguageModel> models =
                new Derived<>(settings -> settings.llm().backend(), backends::of);
        Derived<Settings, Engine> engines =
                new Derived<>(Function.identity(), settings -> engine(parts, settings, models.of(settings)));
        Supplier<Engine> inForce = () -> engines.of(parts.settings().current());
        parts.policyInForce(
                parts.settings().current()); // the first request shall not wait for the rules to be compiled
        return new Query(
                parts.envelope(),
                parts.policy().access(),
                parts.store().usage(),
                inForce,
                new Abandoned(parts.store().usage(), parts.store().audit(), new LongestCall(parts), parts.clock()),
                parts.metrics(),
                parts.clock());
    }

    private static Engine engine(Parts parts, Settings settings, LanguageModel model) {
        PolicyInForce policy = parts.policyInForce(settings);
        return new Engine(
                policy.guard(),
                AgentQuery.of(model, settings.llm()),
                new QueryAnswers(policy.hash(), policy.guard(), model, parts.metrics()));
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

    /**
     * The longest time-out that was ever in force here, for a call that began under it may still run; of other processes
     * on the store it is supposed that they read the same settings.
     */
    private static final class LongestCall implements Supplier<Duration> {

        private final Parts parts;
        private int seconds;

        LongestCall(Parts parts) {
            this.parts = parts;
        }

        @Override
        public synchronized Duration get() {
            seconds = Math.max(seconds, parts.settings().currentOrLast().llm().timeoutSeconds());
            return Duration.ofSeconds(seconds);
        }
    }
}
