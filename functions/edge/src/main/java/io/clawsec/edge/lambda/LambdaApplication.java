package io.clawsec.edge.lambda;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.ConfigurationException;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import io.clawsec.edge.ServiceName;
import io.clawsec.edge.catalog.AssembledFunctions;
import io.clawsec.edge.catalog.CatalogDoor;
import io.clawsec.edge.catalog.FunctionCatalogBeans;
import io.clawsec.edge.log.JsonLog;
import io.clawsec.telemetry.FailureTrace;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionProperties;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogInitializer;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A package on AWS Lambda: registers the package's functions and the door in front of them, so that Spring Cloud
 * Function's own {@code FunctionInvoker} serves them. The invoker finds this class by the manifest of this jar
 * ({@code Start-Class}), and takes only one that says it is a Spring Boot configuration.
 *
 * <p>The invoker invokes {@value #FUNCTION}, always: that is said here, before every other source of properties, so
 * nothing in the environment is needed, and neither it nor a client's header can choose another function.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class LambdaApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    /** The door's name in the catalog. */
    static final String FUNCTION = "httpApi";

    private static final System.Logger LOG = System.getLogger(LambdaApplication.class.getName());

    /**
     * Registers everything.
     *
     * @throws UnusableException when this cannot be served from; the log says why
     */
    @Override
    public void initialize(GenericApplicationContext context) {
        JsonLog.adoptJavaLogging();
        // Its catalog would bring annotation processing, data binding and a scan for functions.
        ContextFunctionCatalogInitializer.enabled = false;
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("clawsec", Map.of(FunctionProperties.FUNCTION_DEFINITION, FUNCTION)));

        List<FunctionModule> modules = modules();
        Parts parts = parts(modules);
        AssembledFunctions functions = assembled(modules, parts);
        context.registerBean(Parts.class, () -> parts);
        context.registerBean(JsonMapper.class, FunctionCatalogBeans::noJson);
        FunctionCatalogBeans.register(context, functions);
        context.registerBean(FUNCTION, FunctionRegistration.class, () -> door(context, functions, parts));
    }

    private static Parts parts(List<FunctionModule> modules) {
        try {
            Deployment deployment = deployment(modules);
            return new Parts(
                    Configuration.from(System.getenv(), deployment),
                    ServiceName.of(deployment, modules),
                    Clock.systemUTC());
        } catch (ConfigurationException e) {
            throw unusable(e);
        }
    }

    /** A package holds one function, so it is apart from the others, and its tokens are signed with a key pair. */
    private static Deployment deployment(List<FunctionModule> modules) {
        return modules.stream().anyMatch(module -> module.apart() == Deployment.ISSUER_APART)
                ? Deployment.ISSUER_APART
                : Deployment.VERIFIER_APART;
    }

    private static AssembledFunctions assembled(List<FunctionModule> modules, Parts parts) {
        AssembledFunctions functions = AssembledFunctions.inBackground(modules, parts);
        return new AssembledFunctions(functions.names(), functions.byName().exceptionally(thrown -> {
            throw unusable(thrown);
        }));
    }

    /** Says what is wrong, in our own words: the runtime would print the messages of every cause. */
    private static UnusableException unusable(Throwable thrown) {
        List<String> problems = ConfigurationException.problemsIn(thrown);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "cannot start: " + (problems.isEmpty() ? FailureTrace.of(thrown) : String.join("; ", problems)));
        return new UnusableException();
    }

    /** The package cannot be served from. */
    static final class UnusableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableException() {
            super("ClawSec cannot start; the log says why");
        }
    }

    /** The functions of this package, by the loader that knows the package. */
    private static List<FunctionModule> modules() {
        return ServiceLoader.load(FunctionModule.class, LambdaApplication.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static FunctionRegistration<HttpApiStream> door(
            GenericApplicationContext context, AssembledFunctions functions, Parts parts) {
        FunctionCatalog catalog = context.getBean(FunctionCatalog.class);
        HttpApiFunction door = new HttpApiFunction(CatalogDoor.over(catalog, functions, parts));
        return new FunctionRegistration<>(new HttpApiStream(door, parts.telemetry()::flush), FUNCTION)
                .type(FunctionTypeUtils.functionType(InputStream.class, byte[].class));
    }
}
