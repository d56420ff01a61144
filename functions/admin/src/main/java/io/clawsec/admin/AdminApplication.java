package io.clawsec.admin;

import io.clawsec.edge.servlet.ContainerApplication;

/** The process that serves {@code admin} alone, apart from the other functions. */
public final class AdminApplication {

    private AdminApplication() {}

    /** Serves until the process is told to end; what it cannot start from, it says and exits with 2. */
    public static void main(String[] arguments) {
        ContainerApplication.mainApart(new AdminModule());
    }
}
