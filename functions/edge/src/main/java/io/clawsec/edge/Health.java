package io.clawsec.edge;

import io.clawsec.edge.Configuration.ModelBackend;
import io.clawsec.json.JsonObject;
import java.time.Clock;
import java.util.function.Supplier;

/** The body of {@code /health}. */
public final class Health implements Supplier<JsonObject> {

    private final ModelBackend model;
    private final Clock clock;

    public Health(ModelBackend model, Clock clock) {
        this.model = model;
        this.clock = clock;
    }

    @Override
    public JsonObject get() {
        boolean live = model.url().isPresent();
        return new JsonObject()
                .with("status", "ok")
                .with("timestamp", clock.instant())
                .with("llm_mode", live ? "live" : "mock")
                .with("llm_model", live ? model.name() : "mock")
                .with("version", Version.CURRENT);
    }
}
