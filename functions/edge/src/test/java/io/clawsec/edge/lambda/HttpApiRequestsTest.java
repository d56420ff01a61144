package io.clawsec.edge.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.BodySource.RefusedBodyException;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.lambda.HttpApiRequests.ForeignEventException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** What a request is, given its event. */
class HttpApiRequestsTest {

    private static IncomingRequest read(APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event)
            throws ForeignEventException {
        return HttpApiRequests.read(event.build());
    }

    private static List<String> header(String name, String joined) throws ForeignEventException {
        return read(Events.of("GET", "/query").withHeaders(Map.of(name, joined)))
                .headers()
                .getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
    }

    @Test
    void method_query_and_address_are_taken_as_they_are() throws ForeignEventException {
        IncomingRequest request = read(Events.of("post", "/query").withRawQueryString("a=1&a=%20&b"));
        assertThat(request.method()).isEqualTo("post");
        assertThat(request.rawQuery()).isEqualTo("a=1&a=%20&b");
        assertThat(request.peerAddress()).isEqualTo("203.0.113.7");
        assertThat(request.toString()).doesNotContain("a=1");
    }

    @ParameterizedTest
    @CsvSource({
        "/query, $default, /query",
        "/prod/query, prod, /query",
        "/prod/prod/query, prod, /prod/query",
        "/query, prod, /query",
        "/production/query, prod, /production/query",
        "/prod, prod, /prod",
        "/$default/query, $default, /$default/query",
        "/query, , /query",
        "//query, $default, //query",
        "'', $default, ''"
    })
    void a_named_stage_is_no_part_of_the_path(String rawPath, @Nullable String stage, String path)
            throws ForeignEventException {
        assertThat(read(Events.of("GET", rawPath).withRequestContext(Events.context("GET", stage)))
                        .rawPath())
                .isEqualTo(path);
    }

    static Stream<APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder> foreign() {
        return Stream.of(
                APIGatewayV2HTTPEvent.builder(),
                Events.of("GET", "/query").withVersion("1.0"),
                Events.of("GET", "/query").withVersion(null),
                Events.of("GET", "/query").withRawPath(null),
                Events.of("GET", "/query").withRequestContext(null),
                Events.of("GET", "/query")
                        .withRequestContext(
                                APIGatewayV2HTTPEvent.RequestContext.builder().build()),
                Events.of("GET", "/query").withRequestContext(Events.context(null, "$default")));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void an_event_of_another_kind_is_refused(APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event) {
        assertThatThrownBy(() -> read(event)).isInstanceOf(ForeignEventException.class);
    }

    @ParameterizedTest
    @NullSource
    void no_event_is_refused(@Nullable APIGatewayV2HTTPEvent event) {
        assertThatThrownBy(() -> HttpApiRequests.read(event)).isInstanceOf(ForeignEventException.class);
    }

    @Test
    void header_names_are_lower_case_and_an_event_may_have_none() throws ForeignEventException {
        assertThat(header("X-Anything", "a,b")).containsExactly("a,b");
        assertThat(read(Events.of("GET", "/query").withHeaders(null)).headers()).isEmpty();
    }

    @Test
    void what_commas_joined_is_apart_again_where_it_matters() throws ForeignEventException {
        assertThat(header("Authorization", "Bearer a,Bearer b")).containsExactly("Bearer a", "Bearer b");
        assertThat(header("x-forwarded-for", "192.0.2.1, 192.0.2.2")).containsExactly("192.0.2.1, 192.0.2.2");
    }

    @Test
    void cookies_are_one_header_again() throws ForeignEventException {
        IncomingRequest request = read(Events.of("GET", "/query").withCookies(List.of("a=b", "c=d")));
        assertThat(request.header("cookie")).isEqualTo("a=b; c=d");
        assertThat(read(Events.of("GET", "/query").withCookies(List.of())).header("cookie"))
                .isNull();
    }

    private static byte[] body(@Nullable String body, boolean base64, int most)
            throws ForeignEventException, RefusedBodyException {
        return read(Events.of("POST", "/query").withBody(body).withIsBase64Encoded(base64))
                .body()
                .read(most);
    }

    @Test
    void a_body_is_text_or_base64() throws Exception {
        assertThat(body(null, false, 9)).isEmpty();
        assertThat(body("", true, 9)).isEmpty();
        assertThat(body("é😀", false, 9)).isEqualTo("é😀".getBytes(StandardCharsets.UTF_8));
        assertThat(body(Base64.getEncoder().encodeToString(new byte[] {0, -1, 7}), true, 9))
                .containsExactly(0, -1, 7);
    }

    static Stream<byte[]> atTheBound() {
        return Stream.of(new byte[7], new byte[8], new byte[9]);
    }

    @ParameterizedTest
    @MethodSource("atTheBound")
    void a_body_may_reach_its_bound_in_either_form(byte[] bytes) throws Exception {
        assertThat(body(Base64.getEncoder().encodeToString(bytes), true, bytes.length))
                .hasSize(bytes.length);
        assertThat(body("x".repeat(bytes.length), false, bytes.length)).hasSize(bytes.length);
        refused(Base64.getEncoder().encodeToString(bytes), true, bytes.length - 1, Refusal.Code.BODY_TOO_LARGE);
        refused("x".repeat(bytes.length), false, bytes.length - 1, Refusal.Code.BODY_TOO_LARGE);
    }

    @Test
    void the_bound_counts_bytes_and_holds_before_anything_is_decoded() {
        refused("éé", false, 3, Refusal.Code.BODY_TOO_LARGE);
        refused("!".repeat(100), true, 9, Refusal.Code.BODY_TOO_LARGE);
    }

    @Test
    void a_body_that_cannot_be_bytes_is_malformed() {
        refused("\ud800", false, 9, Refusal.Code.MALFORMED_REQUEST);
        refused("!!!!", true, 9, Refusal.Code.MALFORMED_REQUEST);
        refused("YQ", true, 9, null);
        refused("YQ=", true, 9, Refusal.Code.MALFORMED_REQUEST);
    }

    private static void refused(String body, boolean base64, int most, Refusal.@Nullable Code code) {
        try {
            body(body, base64, most);
            assertThat(code).as("it was read").isNull();
        } catch (RefusedBodyException e) {
            assertThat(e.refusal().code()).isEqualTo(code);
        } catch (ForeignEventException e) {
            throw new AssertionError(e);
        }
    }
}
