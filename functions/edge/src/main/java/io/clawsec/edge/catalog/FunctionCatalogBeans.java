package io.clawsec.edge.catalog;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionProperties;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.BeanFactoryAwareFunctionRegistry;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;

/**
 * Spring Cloud Function's catalog and the functions in it, as functional bean registrations: no scanning and no
 * auto-configuration, so that nothing but these functions can be found.
 */
public final class FunctionCatalogBeans {

    private static final Type TYPE = FunctionTypeUtils.functionType(Call.class, Outcome.class);

    private FunctionCatalogBeans() {}

    /** Registers the catalog, and each function under its name. */
    public static void register(GenericApplicationContext context, AssembledFunctions functions) {
        functions
                .names()
                .forEach(name -> context.registerBean(
                        name,
                        FunctionRegistration.class,
                        () -> new FunctionRegistration<>(functions.get(name), name).type(TYPE)));
        context.registerBean(FunctionCatalog.class, FunctionCatalogBeans::catalog);
    }

    private static BeanFactoryAwareFunctionRegistry catalog() {
        return new BeanFactoryAwareFunctionRegistry(
                new DefaultConversionService(),
                new CompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
                new NoJson(),
                new FunctionProperties(),
                null);
    }

    /**
     * The mapper that Spring Cloud Function insists on. Calls and events are handed over as they are, so it is never
     * asked; a real one would load a data-binding library at every start.
     */
    public static JsonMapper noJson() {
        return new NoJson();
    }

    private static final class NoJson extends JsonMapper {

        @Override
        protected <T> T doFromJson(Object json, Type type) {
            throw new IllegalStateException("an input was about to be converted");
        }

        @Override
        public String toString(Object value) {
            throw new IllegalStateException("an output was about to be converted");
        }
    }

    /**
     * Looks a function up by its exact name.
     *
     * @throws IllegalStateException when there is none of that name
     */
    static Function<Call, Outcome> find(FunctionCatalog catalog, String name) {
        FunctionInvocationWrapper wrapper = catalog.lookup(name);
        if (wrapper == null) {
            throw new IllegalStateException("no function is named " + name);
        }
        wrapper.setSkipInputConversion(true);
        return call -> (Outcome) wrapper.apply(call);
    }
}
