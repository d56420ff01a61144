package io.clawsec.edge.servlet;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.TokenMode;
import java.io.PrintStream;
import java.util.List;

/** What a person reads when a process starts, or cannot; on standard error, so that the log on standard output stays JSON. */
final class StartNotice {

    private static final PrintStream PERSON = System.err;

    private StartNotice() {}

    static void print(ContainerApplication started) {
        Configuration configuration = started.configuration();
        String host = configuration.bindAddress().isAnyLocalAddress()
                        || configuration.bindAddress().isLoopbackAddress()
                ? "localhost"
                : configuration.bindAddress().getHostAddress();
        String url = "http://" + host + ":" + started.port();
        PERSON.println("ClawSec is serving on " + url);
        boolean apart = configuration.deployment() != Deployment.ONE_PROCESS;
        if (apart) {
            PERSON.println("  function " + String.join(", ", started.functions()));
        }
        if (started.functions().contains("query")) {
            printModel(started);
        }
        PERSON.println(
                "  data     " + configuration.dataFolder().toAbsolutePath().normalize());
        PERSON.println(
                started.managementPort() == Ports.NONE
                        ? "  metrics  at /metrics with a token that may read them (the management port is off or taken)"
                        : "  metrics  http://" + host + ":" + started.managementPort() + "/metrics");
        if (configuration.tokensOpen()) {
            PERSON.println("  WARNING  development mode on an address others can reach: anyone can take any role");
        }
        if (configuration.tokenMode() == TokenMode.DEVELOPMENT && !apart) {
            printFirstSteps(url);
        }
    }

    private static void printModel(ContainerApplication started) {
        PERSON.println("  model    "
                + started.llm().apiUrl().map(any -> started.llm().model()).orElse("mock (no backend is configured)"));
    }

    private static void printFirstSteps(String url) {
        PERSON.println("Next, in another terminal:");
        PERSON.println("  TOKEN=$(curl -s " + url + "/token -H 'Content-Type: application/json' \\");
        PERSON.println(
                "    -d '{\"user_id\":\"alice\",\"role\":\"agent\"}' | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')");
        PERSON.println("  curl -s " + url + "/query -H \"Authorization: Bearer $TOKEN\" \\");
        PERSON.println("    -d '{\"prompt\":\"What is the capital of France?\"}'");
        PERSON.println("Ctrl-C stops it.");
    }

    static void printProblems(List<String> problems) {
        PERSON.println("ClawSec cannot start:");
        problems.forEach(problem -> PERSON.println("  " + problem));
    }
}
