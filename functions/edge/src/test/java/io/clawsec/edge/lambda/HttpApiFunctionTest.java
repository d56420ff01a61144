package io.clawsec.edge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.clawsec.call.Answer;
import io.clawsec.call.AnswerStream;
import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.edge.http.ClientAddress;
import io.clawsec.edge.http.Cors;
import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.http.OutgoingResponse;
import io.clawsec.edge.http.OutgoingResponse.Header;
import io.clawsec.edge.http.OwnRoutes;
import io.clawsec.edge.http.Readiness;
import io.clawsec.edge.http.RouteTable;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.Tracing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event's answer is, whatever stands behind the door and whatever it does. */
class HttpApiFunctionTest {

    private static final UUID ID = new UUID(0, 7);
    private static final Outcome OK = Answer.json(new JsonObject().with("ok", true));

    private static HttpApiFunction function(Function<Call, Outcome> function) {
        return function(() -> ID, function);
    }

    private static HttpApiFunction function(Supplier<UUID> ids, Function<Call, Outcome> function) {
        OwnRoutes.MetricsPage page = new OwnRoutes.MetricsPage() {
            @Override
            public byte[] scrape() {
                return new byte[0];
            }

            @Override
            public String mediaType() {
                return "text/plain";
            }
        };
        return new HttpApiFunction(new Door(
                new RouteTable(Set.of("query")),
                name -> function,
                new OwnRoutes(JsonObject::new, new Readiness(Map.of(), System::nanoTime), page, () -> {
                    throw new IllegalStateException("nobody reads metrics here");
                }),
                new ClientAddress(List.of()),
                new Cors(Set.of()),
                () -> "0123456789abcdef".repeat(4),
                ids,
                Tracing.NONE));
    }

    private static APIGatewayV2HTTPResponse ask(Function<Call, Outcome> function) {
        return ask(() -> ID, function);
    }

    private static APIGatewayV2HTTPResponse ask(Supplier<UUID> ids, Function<Call, Outcome> function) {
        return function(ids, function).apply(Events.of("POST", "/query").build());
    }

    private static String code(APIGatewayV2HTTPResponse response) {
        try {
            return String.valueOf(Json.parseObject(response.getBody()).get("code"));
        } catch (io.clawsec.json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_answer_is_status_headers_and_text() {
        APIGatewayV2HTTPResponse response = ask(call -> OK);
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("X-Request-Id", ID.toString());
        assertThat(response.getBody()).isEqualTo("{\"ok\":true}");
        assertThat(response.getIsBase64Encoded()).isFalse();
        assertThat(response.getCookies()).isEmpty();
    }

    @Test
    void bytes_that_are_no_text_are_base64() {
        byte[] bytes = {0, -1, 7};
        APIGatewayV2HTTPResponse response = ask(call -> new Answer(bytes, "application/octet-stream", null));
        assertThat(response.getIsBase64Encoded()).isTrue();
        assertThat(Base64.getDecoder().decode(response.getBody())).isEqualTo(bytes);
    }

    @Test
    void a_stream_comes_in_one_piece() {
        APIGatewayV2HTTPResponse response = ask(call -> new AnswerStream(
                "application/x-ndjson",
                sink -> {
                    sink.piece("{}\n".getBytes(StandardCharsets.UTF_8));
                    sink.piece("{\"é\":1}\n".getBytes(StandardCharsets.UTF_8));
                },
                null));
        assertThat(response.getBody()).isEqualTo("{}\n{\"é\":1}\n");
        assertThat(response.getHeaders()).containsEntry("Content-Type", "application/x-ndjson");
    }

    @Test
    void an_endless_stream_ends_at_the_bound() {
        APIGatewayV2HTTPResponse response = ask(call -> new AnswerStream(
                "text/plain",
                sink -> {
                    while (true) {
                        sink.piece(new byte[1 << 16]);
                    }
                },
                null));
        assertThat(response.getStatusCode()).isEqualTo(413);
        assertThat(code(response)).isEqualTo("answer_too_large");
    }

    @Test
    void a_stream_that_breaks_off_is_no_half_answer() {
        APIGatewayV2HTTPResponse response = ask(call -> new AnswerStream(
                "text/plain",
                sink -> {
                    sink.piece(new byte[] {'a'});
                    throw new IOException("secret");
                },
                null));
        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(response.getBody()).doesNotContain("secret");
    }

    /** The audit has the broken stream under its request's id, and by that the caller must be able to ask for it. */
    @ParameterizedTest
    @MethodSource("thrown")
    void a_stream_that_breaks_off_keeps_the_id_of_its_request_whatever_broke_it(Throwable thrown) {
        List<String> asked = new ArrayList<>();
        APIGatewayV2HTTPResponse response = ask(UUID::randomUUID, call -> {
            asked.add(call.requestId().toString());
            return new AnswerStream(
                    "text/plain",
                    sink -> {
                        throw HttpApiFunctionTest.<RuntimeException>unchecked(thrown);
                    },
                    null);
        });
        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(response.getHeaders()).containsEntry("X-Request-Id", asked.get(0));
        assertThat(response.getBody()).contains(asked.get(0)).doesNotContain("secret");
    }

    @Test
    void an_answer_that_the_door_cannot_carry_is_told_so() {
        byte[] most = "x".repeat(HttpApiFunction.MOST_ANSWER_BYTES).getBytes(StandardCharsets.UTF_8);
        assertThat(ask(call -> new Answer(most, "text/plain", null)).getStatusCode())
                .isEqualTo(200);
        byte[] more = new byte[HttpApiFunction.MOST_ANSWER_BYTES + 1];
        assertThat(ask(call -> new Answer(more, "text/plain", null)).getStatusCode())
                .isEqualTo(413);
    }

    static List<Throwable> thrown() {
        return List.of(
                new IllegalStateException("secret"),
                new StackOverflowError("secret"),
                new NoClassDefFoundError("secret"),
                new AssertionError("secret"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatever_is_thrown_is_a_problem_detail(Throwable thrown) {
        APIGatewayV2HTTPResponse response = ask(call -> {
            throw HttpApiFunctionTest.<RuntimeException>unchecked(thrown);
        });
        assertThat(response.getStatusCode()).isEqualTo(500);
        assertThat(code(response)).isEqualTo("internal_error");
        assertThat(response.toString()).doesNotContain("secret");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that a lambda can throw anything
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void no_event_is_a_malformed_request() {
        assertThat(code(function(call -> OK).apply(null))).isEqualTo("malformed_request");
        assertThat(function(call -> OK).apply(new APIGatewayV2HTTPEvent()).getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void a_response_to_HEAD_has_no_body() {
        APIGatewayV2HTTPResponse response =
                function(call -> OK).apply(Events.of("HEAD", "/query").build());
        assertThat(response.getStatusCode()).isEqualTo(405);
        assertThat(response.getBody()).isEmpty();
    }

    @Test
    void a_header_that_stands_twice_is_a_list_and_cookies_are_not() throws IOException {
        IncomingRequest request = new IncomingRequest("GET", "/", null, Map.of(), most -> new byte[0], null);
        APIGatewayV2HTTPResponse response = HttpApiResponses.of(
                request,
                OutgoingResponse.empty(
                        204,
                        new Header("Vary", "Origin"),
                        new Header("vary", "Accept"),
                        new Header("Set-Cookie", "a=b; Path=/"),
                        new Header("set-cookie", "c=d")));
        assertThat(response.getHeaders()).containsExactly(Map.entry("Vary", "Origin, Accept"));
        assertThat(response.getCookies()).containsExactly("a=b; Path=/", "c=d");
    }

    private static Map<String, @Nullable Object> bytes(Function<Call, Outcome> function, InputStream event)
            throws Exception {
        return Json.parseObject(new HttpApiStream(function(function), () -> {}).apply(event));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"version\":2.0}",
                "{\"version\":\"2.0\",\"version\":\"2.0\"}",
                "{\"version\":\"2.0\",\"headers\":{\"a\":null}}",
                "{\"version\":\"2.0\",\"cookies\":[1]}",
                "{\"version\":\"2.0\",\"isBase64Encoded\":\"true\"}",
                "{\"version\":\"2.0\",\"body\":\"\\ud800\"}"
            })
    void bytes_that_are_no_event_are_a_malformed_request(String event) throws Exception {
        assertThat(bytes(call -> OK, stream(event))).containsEntry("statusCode", 400L);
    }

    @Test
    void a_stream_that_cannot_be_read_is_a_malformed_request() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        assertThat(bytes(call -> OK, broken)).containsEntry("statusCode", 400L);
    }

    @Test
    void an_event_longer_than_lambda_takes_is_refused_unparsed() throws Exception {
        String event = " ".repeat(HttpApiStream.MOST_EVENT_BYTES + 1);
        assertThat(bytes(call -> OK, stream(event))).containsEntry("statusCode", 413L);
    }

    @Test
    void an_answer_whose_escapes_make_it_too_long_is_told_so() throws Exception {
        byte[] quotes = "\"".repeat(HttpApiFunction.MOST_ANSWER_BYTES).getBytes(StandardCharsets.UTF_8);
        String event =
                "{\"version\":\"2.0\",\"rawPath\":\"/query\",\"requestContext\":{\"http\":{\"method\":\"POST\"}}}";
        assertThat(bytes(call -> new Answer(quotes, "text/plain", null), stream(event)))
                .containsEntry("statusCode", 413L);
    }
}
