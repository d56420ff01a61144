package io.clawsec.edge.servlet;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.ConfigurationException;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.edge.ServiceName;
import io.clawsec.edge.catalog.AssembledFunctions;
import io.clawsec.edge.log.JsonLog;
import io.clawsec.settings.LlmSettings;
import io.clawsec.telemetry.FailureTrace;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A process that serves functions over HTTP: configuration, parts, functions, door, server. */
public final class ContainerApplication implements AutoCloseable {

    private static final int EXIT_UNUSABLE = 2;

    private final ConfigurableApplicationContext context;
    private final Configuration configuration;
    private final Ports ports;
    private final Parts parts;
    private final Set<String> functions;

    private ContainerApplication(
            ConfigurableApplicationContext context, Parts parts, Ports ports, Set<String> functions) {
        this.context = context;
        this.parts = parts;
        this.configuration = parts.configuration();
        this.ports = ports;
        this.functions = functions;
    }

    /**
     * Serves all functions in one process until it is told to end; what it cannot start from, it says and exits with 2.
     */
    public static void main(List<FunctionModule> modules) {
        main(modules, Deployment.ONE_PROCESS);
    }

    /** Serves one function, apart from the others, until the process is told to end; exits with 2 as above. */
    public static void mainApart(FunctionModule module) {
        main(List.of(module), module.apart());
    }

    private static void main(List<FunctionModule> modules, Deployment deployment) {
        try {
            StartNotice.print(start(System.getenv(), modules, deployment));
        } catch (RuntimeException e) {
            StartNotice.printProblems(problems(e));
            System.exit(EXIT_UNUSABLE);
        }
    }

    /**
     * Starts in this process.
     *
     * @throws ConfigurationException when the environment cannot be served from
     */
    public static ContainerApplication start(
            Map<String, String> environment, List<FunctionModule> modules, Deployment deployment) {
        JsonLog.adoptJavaLogging();
        Configuration configuration = Configuration.from(environment, deployment);
        Ports ports = Ports.of(configuration);
        Parts parts = new Parts(configuration, ServiceName.of(deployment, modules), Clock.systemUTC());
        try {
            // The rules and the store are read while Spring gets ready; the server waits for them before it listens.
            AssembledFunctions functions = AssembledFunctions.inBackground(modules, parts);
            return new ContainerApplication(
                    application(parts, ports, functions).run(), parts, ports, functions.names());
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static SpringApplication application(Parts parts, Ports ports, AssembledFunctions functions) {
        SpringApplication application = new SpringApplication(NoSource.class);
        application.setMainApplicationClass(ContainerApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setApplicationContextFactory(type -> new ServletWebServerApplicationContext());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setAddCommandLineProperties(false);
        application.addInitializers(context -> {
            GenericApplicationContext registry = (GenericApplicationContext) context;
            registry.registerBean(Parts.class, () -> parts);
            WebServer.register(registry, parts, ports, functions);
        });
        return application;
    }

    /** The bean source that Spring insists on; every bean is registered by hand. */
    private static final class NoSource {}

    private static List<String> problems(Throwable thrown) {
        List<String> problems = ConfigurationException.problemsIn(thrown);
        if (!problems.isEmpty()) {
            return problems;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException inUse) {
                return List.of(
                        "port " + inUse.getPort() + " is in use; PORT and CLAWSEC_MANAGEMENT_PORT choose others");
            }
        }
        return List.of("it cannot start: " + FailureTrace.of(thrown));
    }

    public Configuration configuration() {
        return configuration;
    }

    /** The model backend in force. */
    LlmSettings llm() {
        return parts.settings().currentOrLast().llm();
    }

    /** The names of the functions that it serves. */
    Set<String> functions() {
        return functions;
    }

    /** The port of the API. */
    public int port() {
        return ports.api();
    }

    /** The port of metrics and health; -1 for none. */
    public int managementPort() {
        return ports.management();
    }

    /** Stops taking requests, finishes those that run, and closes the store. */
    @Override
    public void close() {
        context.close();
    }
}
