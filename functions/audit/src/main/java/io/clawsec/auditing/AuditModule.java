package io.clawsec.auditing;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import java.util.function.Function;

/** Puts the function {@code audit} together. */
public final class AuditModule implements FunctionModule {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        return new Audit(parts.envelope(), parts.store().audit(), parts.clock());
    }
}
