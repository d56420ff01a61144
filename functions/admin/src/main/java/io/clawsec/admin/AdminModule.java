package io.clawsec.admin;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import java.util.function.Function;

/** Puts the function {@code admin} together. */
public final class AdminModule implements FunctionModule {

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        return new Admin(
                parts.envelope(),
                parts.policy().access(),
                parts.guard(),
                parts.configuration().maxInputLength(),
                parts.policyHash());
    }
}
