package io.clawsec.model.openai;

import io.clawsec.model.ModelReply.Failure;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Receives one answer: notes when the backend was last heard, and stops reading as soon as the answer cannot be used.
 *
 * <p>What the client calls the body is why there is none; where that is empty, {@link #bytes()} has it.
 *
 * <p>Of an answer with a status other than 200 not a byte is read: nobody will see it, and it could be endless.
 */
final class BoundedAnswer implements BodyHandler<Optional<Failure>>, BodySubscriber<Optional<Failure>> {

    /** How long an answer may be: 4 MB. */
    static final int LONGEST = 4 * 1024 * 1024;

    private static final int OK = 200;
    private static final int FIRST_BUFFER = 4 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BUFFER);
    private final CompletableFuture<Optional<Failure>> received = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;
    private volatile long lastHeard = System.nanoTime();

    @Override
    public BodySubscriber<Optional<Failure>> apply(ResponseInfo response) {
        lastHeard = System.nanoTime();
        if (response.statusCode() != OK) {
            refuse(Failure.STATUS);
        } else if (response.headers()
                .firstValue("Content-Length")
                .filter(BoundedAnswer::tooLong)
                .isPresent()) {
            refuse(Failure.TOO_LARGE);
        }
        return this;
    }

    private static boolean tooLong(String contentLength) {
        try {
            return Long.parseLong(contentLength.strip()) > LONGEST;
        } catch (NumberFormatException e) {
            return false; // the client and the bound on what comes decide
        }
    }

    /** The {@link System#nanoTime()} at which the last bytes came, or at which waiting began. */
    long lastHeard() {
        return lastHeard;
    }

    /** The whole body, once it has been received without a failure. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Reads no more, unless the answer has come to its end already. */
    void stop() {
        refuse(Failure.TIMEOUT);
    }

    private void refuse(Failure failure) {
        boolean stillReading = received.complete(Optional.of(failure));
        Subscription reading = subscription;
        if (stillReading && reading != null) { // a finished answer's connection serves the next call
            reading.cancel();
        }
    }

    @Override
    public CompletionStage<Optional<Failure>> getBody() {
        return received;
    }

    @Override
    public void onSubscribe(Subscription reading) {
        subscription = reading;
        if (received.isDone()) {
            reading.cancel();
        } else {
            reading.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lastHeard = System.nanoTime();
        for (ByteBuffer buffer : buffers) {
            if (received.isDone()) {
                return;
            }
            if (buffer.remaining() > LONGEST - bytes.size()) {
                refuse(Failure.TOO_LARGE);
                return;
            }
            // Copied, so that an answer in single bytes does not keep the buffer around each of them.
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.write(part, 0, part.length);
        }
    }

    @Override
    public void onError(Throwable cause) {
        received.complete(Optional.of(Failure.CONNECT));
    }

    @Override
    public void onComplete() {
        received.complete(Optional.empty());
    }
}
