package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of an HTTP API, as a test needs them. */
final class Events {

    private Events() {}

    static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder of(String method, String rawPath) {
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(rawPath)
                .withRawQueryString("")
                .withHeaders(Map.of("host", "api.example.com"))
                .withRequestContext(context(method, "$default"));
    }

    static RequestContext context(@Nullable String method, @Nullable String stage) {
        return RequestContext.builder()
                .withStage(stage)
                .withHttp(RequestContext.Http.builder()
                        .withMethod(method)
                        .withSourceIp("203.0.113.7")
                        .build())
                .build();
    }
}
