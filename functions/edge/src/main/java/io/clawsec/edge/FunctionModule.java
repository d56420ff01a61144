package io.clawsec.edge;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import java.util.function.Function;

/** One function of the product, as the edge finds it: its name in the function catalog, and how it is put together. */
public interface FunctionModule {

    /** The function's name in the catalog, in routes and on AWS, such as {@code issueToken}. */
    String name();

    /** What a process is that serves this function alone. */
    default Deployment apart() {
        return Deployment.VERIFIER_APART;
    }

    /** Puts the function together; called once at start. */
    Function<Call, Outcome> assemble(Parts parts);
}
