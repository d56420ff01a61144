package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class CallFailureTest {

    @ParameterizedTest
    @CsvSource({
        "ProvisionedThroughputExceededException, 400, NOT_NOW",
        "ThrottlingException, 400, NOT_NOW",
        "RequestLimitExceeded, 400, NOT_NOW",
        "TransactionConflictException, 400, NOT_NOW",
        "TransactionInProgressException, 400, NOT_NOW",
        "SlowDown, 429, NOT_NOW",
        "InternalServerError, 500, UNKNOWN",
        "ServiceUnavailable, 503, UNKNOWN",
        "AccessDeniedException, 400, REFUSED",
        "ResourceNotFoundException, 400, REFUSED",
        "ValidationException, 400, REFUSED",
        "ExpiredTokenException, 400, REFUSED"
    })
    void an_answer_says_what_it_came_to(String code, int status, CallFailure failure) {
        assertThat(CallFailure.of(Faults.answer(code, status))).isEqualTo(failure);
        assertThat(failure.reason(Faults.answer(code, status))).contains(code).doesNotContain("nobody should read");
    }

    static Stream<Object[]> broken() {
        return Stream.of(
                new Object[] {new ConnectException("refused"), CallFailure.NOT_NOW},
                new Object[] {new UnknownHostException("nowhere"), CallFailure.NOT_NOW},
                new Object[] {new SocketTimeoutException("read"), CallFailure.UNKNOWN},
                new Object[] {new SocketException("Connection reset"), CallFailure.UNKNOWN},
                new Object[] {new IOException("unexpected end of stream"), CallFailure.UNKNOWN},
                new Object[] {new IllegalStateException("no credentials"), CallFailure.BROKEN},
                new Object[] {new InterruptedException(), CallFailure.BROKEN});
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_connection_is_in_doubt_unless_there_was_none(Exception cause, CallFailure failure) {
        assertThat(CallFailure.of(SdkClientException.create("broken", new RuntimeException(cause))))
                .isEqualTo(failure);
    }

    @Test
    void a_cancelled_transaction_may_pass_only_if_all_its_reasons_may() {
        assertThat(CallFailure.of(cancelled("None", "TransactionConflict"))).isEqualTo(CallFailure.NOT_NOW);
        assertThat(CallFailure.of(cancelled("ThrottlingError", "ProvisionedThroughputExceeded")))
                .isEqualTo(CallFailure.NOT_NOW);
        assertThat(CallFailure.of(cancelled("TransactionConflict", "ConditionalCheckFailed")))
                .isEqualTo(CallFailure.REFUSED);
        assertThat(CallFailure.of(cancelled("None", "ValidationError"))).isEqualTo(CallFailure.REFUSED);
    }

    private static TransactionCanceledException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(Stream.of(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .statusCode(400)
                .build();
    }
}
