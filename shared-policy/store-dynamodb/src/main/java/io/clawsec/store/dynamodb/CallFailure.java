package io.clawsec.store.dynamodb;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What a failed call says of what it came to, and whether trying again can help. */
enum CallFailure {
    /** Nothing was done, and later it may be: too much at once, a conflict, nobody there. */
    NOT_NOW(true, false),
    /** It may have been done or be done yet: the answer was lost, or was no answer. */
    UNKNOWN(true, true),
    /** Nothing was done, and trying again gives the same. */
    REFUSED(false, false),
    /** It failed on this side, at a point that nobody knows: an interrupt, or no credentials. */
    BROKEN(false, true);

    /** How many causes of an exception are looked at. */
    private static final int MOST_CAUSES = 16;

    private static final Set<String> LATER = Set.of(
            "ProvisionedThroughputExceededException",
            "ProvisionedThroughputExceeded",
            "ThrottlingException",
            "ThrottlingError",
            "Throttling",
            "RequestLimitExceeded",
            "LimitExceededException",
            "TransactionConflictException",
            "TransactionConflict",
            "TransactionInProgressException",
            "ReplicatedWriteConflictException");

    private final boolean worthRetrying;
    private final boolean inDoubt;

    CallFailure(boolean worthRetrying, boolean inDoubt) {
        this.worthRetrying = worthRetrying;
        this.inDoubt = inDoubt;
    }

    boolean isWorthRetrying() {
        return worthRetrying;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    static CallFailure of(SdkException failure) {
        if (failure instanceof TransactionCanceledException cancelled) {
            return ofReasons(cancelled);
        }
        if (failure instanceof AwsServiceException answered) {
            if (LATER.contains(code(answered)) || answered.isThrottlingException()) {
                return NOT_NOW;
            }
            return answered.statusCode() >= 500 ? UNKNOWN : REFUSED;
        }
        if (hasCause(failure, ConnectException.class)
                || hasCause(failure, NoRouteToHostException.class)
                || hasCause(failure, UnknownHostException.class)) {
            return NOT_NOW; // never sent
        }
        return hasCause(failure, IOException.class) ? UNKNOWN : BROKEN;
    }

    /** A transaction that was cancelled was not done; it is tried again if every reason may pass. */
    private static CallFailure ofReasons(TransactionCanceledException cancelled) {
        boolean passing = cancelled.cancellationReasons().stream()
                .allMatch(reason -> "None".equals(reason.code()) || LATER.contains(reason.code()));
        return passing ? NOT_NOW : REFUSED;
    }

    private static String code(AwsServiceException answered) {
        return answered.awsErrorDetails() == null || answered.awsErrorDetails().errorCode() == null
                ? ""
                : answered.awsErrorDetails().errorCode();
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What an operator may read of it: DynamoDB's name for the error, never its message, which may quote items. */
    String reason(SdkException failure) {
        if (failure instanceof AwsServiceException answered) {
            return code(answered).isEmpty() ? "status " + answered.statusCode() : code(answered);
        }
        return switch (this) {
            case NOT_NOW -> "nothing, for nobody answers at its address";
            case UNKNOWN -> "nothing, for the connection failed";
            case REFUSED, BROKEN -> "nothing, for the call was given up or there are no credentials";
        };
    }
}
