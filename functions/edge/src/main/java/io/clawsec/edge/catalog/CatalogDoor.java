package io.clawsec.edge.catalog;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.Health;
import io.clawsec.edge.Parts;
import io.clawsec.edge.http.ClientAddress;
import io.clawsec.edge.http.Cors;
import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.OwnRoutes;
import io.clawsec.edge.http.Readiness;
import io.clawsec.edge.http.RouteTable;
import io.clawsec.settings.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.cloud.function.context.FunctionCatalog;

/** Opens the door over the functions of a catalog: no request can name any other bean. */
public final class CatalogDoor {

    private CatalogDoor() {}

    /** The door to these functions; waits until they are put together. */
    public static Door over(FunctionCatalog catalog, AssembledFunctions functions, Parts parts) {
        Map<String, Function<Call, Outcome>> byName = new HashMap<>();
        functions.names().forEach(name -> byName.put(name, FunctionCatalogBeans.find(catalog, name)));
        Supplier<Settings> inForce = parts.settings()::currentOrLast;
        Map<String, Runnable> probes = new LinkedHashMap<>();
        probes.put("audit", () -> parts.store().probe());
        OwnRoutes own = new OwnRoutes(
                new Health(() -> inForce.get().llm(), parts.clock()),
                new Readiness(probes, System::nanoTime),
                parts.metricsPage(),
                parts::envelope);
        return new Door(
                new RouteTable(functions.names()),
                name -> Objects.requireNonNull(byName.get(name), name),
                own,
                new ClientAddress(() -> inForce.get().server().trustedProxies()),
                new Cors(() -> inForce.get().server().allowedOrigins()),
                parts::policyHash,
                parts.ids(),
                parts.telemetry().tracing());
    }
}
