package io.clawsec.issuetoken;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.Configuration;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.edge.TokenMode;
import java.util.Optional;
import java.util.function.Function;

/** Puts the function {@code issueToken} together. */
public final class IssueTokenModule implements FunctionModule {

    @Override
    public String name() {
        return "issueToken";
    }

    @Override
    public Deployment apart() {
        return Deployment.ISSUER_APART;
    }

    @Override
    public Function<Call, Outcome> assemble(Parts parts) {
        return new IssueToken(parts.envelope(), parts::access, parts.tokenIssuer(), askers(parts));
    }

    private static IssueToken.AskerRule askers(Parts parts) {
        Configuration configuration = parts.configuration();
        return configuration.tokenMode() == TokenMode.DEVELOPMENT
                ? new DevelopmentAskers(
                        configuration.tokensOpen(),
                        () -> parts.settings().current().server().allowedOrigins())
                : call -> Optional.of("Tokens are not issued here in this token mode.");
    }
}
