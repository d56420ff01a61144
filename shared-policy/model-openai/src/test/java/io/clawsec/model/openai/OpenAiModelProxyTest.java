package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.ScriptedReply;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scripted backend plays the forward proxy: to it, a proxied request is one with an absolute target. */
@Timeout(60)
class OpenAiModelProxyTest {

    private static final URI TARGET = URI.create("http://llm.invalid:8000/v1/chat/completions");
    private static final String BASIC = "Basic dXNlcjpwQHNz"; // user:p@ss

    private final ScriptedModelBackend proxy = ScriptedModelBackend.start();

    @AfterEach
    void close() {
        proxy.close();
    }

    private OpenAiModel model(URI target, Map<String, String> environment) {
        return TestSettings.model(TestSettings.through(target, ProxySettings.fromEnvironment(environment)));
    }

    @Test
    void goesThroughTheProxyWithoutLookingTheTargetUp() {
        proxy.answer("through the proxy");
        OpenAiModel model = model(TARGET, Map.of("LLM_HTTP_PROXY", "http://127.0.0.1:" + proxy.port()));
        assertThat(model.complete(asking("Hi")))
                .isInstanceOfSatisfying(
                        Completed.class,
                        reply -> assertThat(reply.completion().text()).isEqualTo("through the proxy"));
        assertThat(proxy.lastRequest().target()).isEqualTo(TARGET);
        assertThat(proxy.lastRequest().header("Proxy-Authorization")).isEmpty();
    }

    @Test
    void tellsTheProxyItsCredentialsAtOnceAndNobodyElse() {
        try (ScriptedModelBackend backend = ScriptedModelBackend.start()) {
            Map<String, String> environment =
                    Map.of("HTTP_PROXY", "http://user:p%40ss@127.0.0.1:" + proxy.port(), "NO_PROXY", "127.0.0.1");
            assertThat(model(TARGET, environment).complete(asking("Hi"))).isInstanceOf(Completed.class);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(proxy.lastRequest().header("Proxy-Authorization")).contains(BASIC);

            OpenAiModel direct = model(backend.url(), environment);
            assertThat(direct.complete(asking("Hi"))).isInstanceOf(Completed.class);
            assertThat(proxy.requests()).as("a host on the list needs no proxy").hasSize(1);
            assertThat(backend.lastRequest().header("Proxy-Authorization")).isEmpty();
            assertThat(direct.toString()).doesNotContain("p@ss", "p%40ss", BASIC);
        }
    }

    @Test
    void aProxyThatRefusesOrIsNotThereIsAFailure() {
        Map<String, String> environment = Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.port());
        proxy.next(ScriptedReply.status(407));
        assertThat(model(TARGET, environment).complete(asking("Hi"))).isInstanceOf(Failed.class);
        proxy.close();
        assertThat(model(TARGET, environment).complete(asking("Hi"))).isEqualTo(new Failed(Failure.CONNECT));
    }
}
