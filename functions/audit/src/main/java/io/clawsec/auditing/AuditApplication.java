package io.clawsec.auditing;

import io.clawsec.edge.servlet.ContainerApplication;

/** The process that serves {@code audit} alone, apart from the other functions. */
public final class AuditApplication {

    private AuditApplication() {}

    /** Serves until the process is told to end; what it cannot start from, it says and exits with 2. */
    public static void main(String[] arguments) {
        ContainerApplication.mainApart(new AuditModule());
    }
}
