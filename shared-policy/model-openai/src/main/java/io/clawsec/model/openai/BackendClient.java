package io.clawsec.model.openai;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the HTTP client that a backend is reached with. */
final class BackendClient {

    /** Threads that move bytes; they never wait for a backend, so a few serve hundreds of calls. */
    private static final int THREADS = 8;

    private static final long IDLE_SECONDS = 30;

    private static final String REFUSED_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private BackendClient() {}

    static HttpClient create(Duration connectTimeout, ProxySelector proxy) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(Redirect.NEVER)
                .proxy(proxy)
                .executor(threads())
                .build();
    }

    /** The queue needs no bound of its own: each call keeps a calling thread waiting, so calls are bounded by those. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "model-backend");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Lets Basic credentials go to a proxy that tunnels https, unless whoever started the process has decided otherwise.
     *
     * <p>The JDK reads this property once, at its first HTTP client, and only from the process's own properties. It is
     * set only where an operator has put credentials into a proxy's URL, which can have no other purpose.
     */
    static void allowCredentialsForTunnels() {
        if (System.getProperty(REFUSED_FOR_TUNNELS) == null) {
            System.setProperty(REFUSED_FOR_TUNNELS, "");
        }
    }
}
