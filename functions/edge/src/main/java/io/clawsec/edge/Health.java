package io.clawsec.edge;

import io.clawsec.edge.Configuration.ModelBackend;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The body of {@code /health}. */
public final class Health implements Supplier<Map<String, Object>> {

    private final ModelBackend model;
    private final Clock clock;

    public Health(ModelBackend model, Clock clock) {
        this.model = model;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> get() {
        boolean live = model.url().isPresent();
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ok");
        health.put("timestamp", clock.instant());
        health.put("llm_mode", live ? "live" : "mock");
        health.put("llm_model", live ? model.name() : "mock");
        health.put("version", Version.CURRENT);
        return health;
    }
}
