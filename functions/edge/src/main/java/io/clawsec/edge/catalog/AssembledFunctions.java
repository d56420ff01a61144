package io.clawsec.edge.catalog;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.FunctionModule;
import io.clawsec.edge.Parts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The functions of a process, put together by a thread of their own while Spring gets ready.
 *
 * @param names of the functions, known at once
 * @param byName the functions, when they are there
 */
public record AssembledFunctions(Set<String> names, CompletableFuture<Map<String, Function<Call, Outcome>>> byName) {

    /** Begins to put the functions together. */
    public static AssembledFunctions inBackground(List<FunctionModule> modules, Parts parts) {
        Map<String, FunctionModule> modulesByName = new LinkedHashMap<>();
        modules.forEach(module -> modulesByName.put(module.name(), module));
        return new AssembledFunctions(modulesByName.keySet(), CompletableFuture.supplyAsync(() -> {
            Map<String, Function<Call, Outcome>> functions = new LinkedHashMap<>();
            modulesByName.forEach((name, module) -> functions.put(name, module.assemble(parts)));
            return functions;
        }));
    }

    /** The function of this name; waits for it, and throws what its assembly threw. */
    Function<Call, Outcome> get(String name) {
        return Objects.requireNonNull(byName.join().get(name), name);
    }
}
