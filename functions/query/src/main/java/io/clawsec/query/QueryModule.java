package io.clawsec.query;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.Configuration;
import io.clawsec.edge.ConfigurationException;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import io.clawsec.model.openai.OpenAiModel;
import io.clawsec.model.openai.OpenAiSettings;
import io.clawsec.model.openai.ProxySettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Puts the function {@code query} together. */
public final class QueryModule implements FunctionModule {

    /** A backend that does not even take a connection in this time is not there. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "query";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        LanguageModel model = model(parts.configuration());
        return new Query(
                parts.envelope(),
                parts.policy().access(),
                parts.store().usage(),
                parts.guard(),
                model,
                new Abandoned(
                        parts.store().usage(),
                        parts.store().audit(),
                        parts.configuration().model().timeout(),
                        parts.clock()),
                new QueryAnswers(parts.policyHash(), parts.guard(), model, parts.metrics()),
                parts.metrics(),
                parts.clock());
    }

    private static LanguageModel model(Configuration configuration) {
        Configuration.ModelBackend backend = configuration.model();
        if (backend.url().isEmpty()) {
            return new MockModel();
        }
        try {
            return new OpenAiModel(new OpenAiSettings(
                    backend.url().get(),
                    backend.key().orElse(null),
                    backend.name(),
                    backend.maxTokens(),
                    shorter(CONNECT_TIMEOUT, backend.timeout()),
                    backend.timeout(),
                    backend.timeout(),
                    ProxySettings.fromEnvironment(configuration.environment())));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
