package io.clawsec.allinone;

import io.clawsec.admin.AdminModule;
import io.clawsec.auditing.AuditModule;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.servlet.ContainerApplication;
import io.clawsec.issuetoken.IssueTokenModule;
import io.clawsec.query.QueryModule;
import java.util.List;

/** The all-in-one process. */
public final class AllInOneApplication {

    /** The functions it carries: all. */
    public static final List<FunctionModule> FUNCTIONS =
            List.of(new IssueTokenModule(), new QueryModule(), new AuditModule(), new AdminModule());

    private AllInOneApplication() {}

    /** Serves until the process is told to end; what it cannot start from, it says and exits with 2. */
    public static void main(String[] arguments) {
        ContainerApplication.main(FUNCTIONS);
    }
}
