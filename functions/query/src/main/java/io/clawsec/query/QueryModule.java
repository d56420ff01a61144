package io.clawsec.query;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import java.util.function.Function;

/** Puts the function {@code query} together. */
public final class QueryModule implements FunctionModule {

    @Override
    public String name() {
        return "query";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        LanguageModel model = new MockModel();
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
}
