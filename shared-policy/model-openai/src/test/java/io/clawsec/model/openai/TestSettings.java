package io.clawsec.model.openai;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.model.ApiKey;
import io.clawsec.model.Message;
import io.clawsec.model.Message.Speaker;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings and requests that the tests of this package share. */
final class TestSettings {

    static final Duration AMPLE = Duration.ofSeconds(20);
    static final String KEY = "sk-test-0123456789";

    private TestSettings() {}

    /** A model whose backend may be on this machine. */
    static OpenAiModel model(OpenAiSettings settings) {
        return new OpenAiModel(settings, new AddressRules(true, Set.of()), HostLookup.ofSystem());
    }

    static OpenAiSettings of(URI url) {
        return new OpenAiSettings(url, new ApiKey(KEY), "test-model", 100, AMPLE, AMPLE, AMPLE, ProxySettings.none());
    }

    static OpenAiSettings impatient(URI url, Duration read, Duration total) {
        return new OpenAiSettings(url, null, "test-model", 100, AMPLE, read, total, ProxySettings.none());
    }

    static OpenAiSettings through(URI url, ProxySettings proxy) {
        return new OpenAiSettings(url, null, "test-model", 100, AMPLE, AMPLE, AMPLE, proxy);
    }

    static ModelRequest asking(String prompt) {
        return asking(null, prompt);
    }

    static ModelRequest asking(@Nullable String model, String prompt) {
        return new ModelRequest(
                model,
                List.of(new Message(Speaker.USER, new Prompt(prompt))),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }
}
