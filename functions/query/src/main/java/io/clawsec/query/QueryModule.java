package io.clawsec.query;

import io.clawsec.address.HostLookup;
import io.clawsec.call.Call;
import io.clawsec.call.Operation;
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
import org.jspecify.annotations.Nullable;

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
        parts.policyInForce(
                parts.settings().current()); // the first request shall not wait for the rules to be compiled
        Abandoned abandoned =
                new Abandoned(parts.store().usage(), parts.store().audit(), new LongestCall(parts), parts.clock());
        Meter meter = new Meter(parts.store().usage(), abandoned, parts.clock());
        Engines engines = new Engines(parts, models);
        Query query = new Query(parts.envelope(), meter, engines, parts.metrics());
        GuardCalls guardCalls = new GuardCalls(parts.envelope(), meter, engines, parts.metrics());
        return call -> call.operation() == Operation.CALL_GUARD ? guardCalls.apply(call) : query.apply(call);
    }

    /** The same engine for as long as neither policy nor backend changes. */
    private static final class Engines implements Supplier<Engine> {

        private final Parts parts;
        private final Derived<Backend, LanguageModel> models;
        private volatile @Nullable Engine last;

        Engines(Parts parts, Derived<Backend, LanguageModel> models) {
            this.parts = parts;
            this.models = models;
        }

        @Override
        public Engine get() {
            Settings settings = parts.settings().current();
            PolicyInForce policy = parts.policyInForce(settings);
            AgentQuery agent = AgentQuery.of(models.of(settings), settings.llm());
            Engine known = last;
            if (known == null
                    || known.guard() != policy.guard()
                    || !known.agent().equals(agent)) {
                QueryAnswers answers = new QueryAnswers(policy.hash(), policy.guard(), agent.model(), parts.metrics());
                known = new Engine(policy.access(), policy.guard(), agent, answers, policy.hash());
                last = known;
            }
            return known;
        }
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
