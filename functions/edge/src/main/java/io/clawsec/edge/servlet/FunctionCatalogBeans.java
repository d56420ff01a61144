package io.clawsec.edge.servlet;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionProperties;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.BeanFactoryAwareFunctionRegistry;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Cloud Function's catalog and the functions in it, as functional bean registrations: no scanning and no
 * auto-configuration, so that nothing but these functions can be found.
 */
final class FunctionCatalogBeans {

    private static final Type TYPE = FunctionTypeUtils.functionType(Call.class, Outcome.class);

    private FunctionCatalogBeans() {}

    /** Registers the catalog, and each function under its name. */
    static void register(GenericApplicationContext context, Map<String, Function<Call, Outcome>> functions) {
        functions.forEach((name, function) -> context.registerBean(
                name, FunctionRegistration.class, () -> new FunctionRegistration<>(function, name).type(TYPE)));
        context.registerBean(FunctionCatalog.class, FunctionCatalogBeans::catalog);
    }

    private static BeanFactoryAwareFunctionRegistry catalog() {
        // Calls are handed over as they are; the converter and the mapper are what the constructor insists on.
        return new BeanFactoryAwareFunctionRegistry(
                new DefaultConversionService(),
                new CompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
                new JacksonMapper(JsonMapper.builder().build()),
                new FunctionProperties(),
                null);
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
