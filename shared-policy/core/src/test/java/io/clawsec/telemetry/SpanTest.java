package io.clawsec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is not traced costs nothing: the same span again and again. */
class SpanTest {

    @Test
    void where_nothing_is_traced_there_is_one_span_that_does_nothing() {
        Span request = Tracing.NONE.request(new UUID(0, 7), "POST", "/query", "00-whatever");
        assertThat(request).isSameAs(Span.NONE);
        assertThat(request.child(SpanName.AUDIT_APPEND)).isSameAs(Span.NONE);
        assertThat(request.recording()).isFalse();
        assertThat(request.ids()).isNull();
        request.set(SpanAttribute.USER_ROLE, "agent");
        request.set(SpanAttribute.POLICY_RULES, List.of("a"));
        request.set(SpanAttribute.HTTP_STATUS, 200);
        request.set(SpanAttribute.GEN_AI_REQUEST_TEMPERATURE, 0.5);
        request.set(SpanAttribute.POLICY_ALLOWED, true);
        request.fail("internal_error");
        request.end();
        request.end();
        assertThat(request.<Span>during(SpanName.AGENT_QUERY, span -> span)).isSameAs(Span.NONE);
    }

    @Test
    void no_telemetry_takes_everything_and_keeps_nothing() {
        assertThat(Telemetry.NONE.tracing()).isSameAs(Tracing.NONE);
        Telemetry.NONE.flush();
        Telemetry.NONE.close();
    }
}
