package io.clawsec.edge;

import java.util.List;
import java.util.Locale;

/** What a process is called by whoever watches it. */
public final class ServiceName {

    private static final String PRODUCT = "clawsec";

    private ServiceName() {}

    /** {@code clawsec} where all functions share a process; where one is apart, such as {@code clawsec-issue-token}. */
    public static String of(Deployment deployment, List<FunctionModule> modules) {
        return deployment.apart() && modules.size() == 1
                ? PRODUCT + "-" + hyphenated(modules.get(0).name())
                : PRODUCT;
    }

    private static String hyphenated(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
