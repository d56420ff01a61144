package io.clawsec.model.openai;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.address.RefusedAddressException;
import io.clawsec.model.ApiKey;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.model.ModelRequest;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A backend that speaks OpenAI's chat-completions protocol.
 *
 * <p>One client, with a handful of threads of its own, serves every calling thread; the calling thread keeps the time.
 * A call is made once: whether a backend that broke off has already done the work, and counted it, cannot be known.
 */
public final class OpenAiModel implements LanguageModel {

    private static final System.Logger LOG = System.getLogger(OpenAiModel.class.getName());

    private final OpenAiSettings settings;
    private final Optional<ProxyServer> proxy;
    private final CheckedWay way;
    private volatile @Nullable HttpClient client;

    /**
     * Makes the backend.
     *
     * @param rules where it may be; asked at every connection
     * @param lookup finds the addresses of its host
     */
    public OpenAiModel(OpenAiSettings settings, AddressRules rules, HostLookup lookup) {
        this.settings = settings;
        this.proxy = settings.proxy().proxyFor(settings.url());
        this.way = new CheckedWay(settings, proxy, rules, lookup);
        if (proxy.isPresent() && proxy.get().authorization() != null) {
            BackendClient.allowCredentialsForTunnels();
        }
    }

    @Override
    public ModelReply complete(ModelRequest request) {
        BoundedAnswer answer = new BoundedAnswer();
        CompletableFuture<HttpResponse<Optional<Failure>>> exchange = null;
        long began = System.nanoTime();
        try {
            way.requirePermitted();
            exchange = client().sendAsync(httpRequest(request), answer);
            Optional<Failure> failure = await(exchange, answer).body();
            return failure.isPresent()
                    ? new Failed(failure.get())
                    : ChatCompletion.reply(answer.bytes(), ChatCompletion.model(request, settings));
        } catch (TimeoutException e) {
            return new Failed(Failure.TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Failure.TIMEOUT); // nobody has the time to wait any more
        } catch (ExecutionException e) {
            boolean timedOut = e.getCause() instanceof HttpTimeoutException || way.timedOutSince(began);
            return new Failed(timedOut ? Failure.TIMEOUT : Failure.CONNECT);
        } catch (RefusedAddressException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "the backend's host " + e.refusal().sentence());
            return new Failed(Failure.CONNECT);
        } catch (RuntimeException e) {
            // The client itself stumbled. Its message may quote a header, so it is not passed on.
            return new Failed(Failure.CONNECT);
        } finally {
            answer.stop();
            if (exchange != null) {
                exchange.cancel(true);
            }
        }
    }

    /** Waits for the end of the answer, for a silence that lasts too long, or for the end of the call's time. */
    private HttpResponse<Optional<Failure>> await(
            CompletableFuture<HttpResponse<Optional<Failure>>> exchange, BoundedAnswer answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long timeLeft = settings.totalTimeout().toNanos() - (now - began);
            long silenceLeft = settings.readTimeout().toNanos() - (now - answer.lastHeard());
            if (timeLeft <= 0 || silenceLeft <= 0) {
                throw new TimeoutException();
            }
            try {
                return exchange.get(Math.min(timeLeft, silenceLeft), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Perhaps something was heard meanwhile: look again.
            }
        }
    }

    private HttpRequest httpRequest(ModelRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(settings.url())
                // Over plain http the client would ask for an upgrade to HTTP/2, which some backends trip over.
                .version("https".equalsIgnoreCase(settings.url().getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "clawsec")
                .POST(BodyPublishers.ofByteArray(ChatCompletion.request(request, settings)));
        ApiKey key = settings.key();
        if (key != null) {
            http.header("Authorization", "Bearer " + key.value());
        }
        proxy.map(ProxyServer::authorization).ifPresent(value -> http.header("Proxy-Authorization", value));
        return http.build();
    }

    /** Made at the first call: making it costs a function's start more than everything else in this module. */
    private HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            synchronized (this) {
                made = client;
                if (made == null) {
                    made = BackendClient.create(settings.connectTimeout(), way.selector());
                    client = made;
                }
            }
        }
        return made;
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public boolean live() {
        return true;
    }

    /** Shows what the settings show. */
    @Override
    public String toString() {
        return "OpenAiModel[" + settings + "]";
    }
}
