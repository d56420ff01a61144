package io.clawsec.edge;

import io.clawsec.json.JsonObject;
import io.clawsec.settings.LlmSettings;
import java.time.Clock;
import java.util.function.Supplier;

/** The body of {@code /health}. */
public final class Health implements Supplier<JsonObject> {

    private final Supplier<LlmSettings> llm;
    private final Clock clock;

    public Health(Supplier<LlmSettings> llm, Clock clock) {
        this.llm = llm;
        this.clock = clock;
    }

    @Override
    public JsonObject get() {
        LlmSettings inForce = llm.get();
        boolean live = inForce.apiUrl().isPresent();
        return new JsonObject()
                .with("status", "ok")
                .with("timestamp", clock.instant())
                .with("llm_mode", live ? "live" : "mock")
                .with("llm_model", live ? inForce.model() : "mock")
                .with("version", Version.CURRENT);
    }
}
