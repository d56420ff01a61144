package io.clawsec.conformance;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * A receiver of spans and log records: OTLP in real gRPC, which is HTTP/2 with a frame of five bytes and more before each
 * message and the status in the trailers. Keeps everything that it is sent. Safe for use by many threads.
 */
final class OtlpReceiver implements AutoCloseable {

    private static final String TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final String LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 16 << 20;
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    /** Held, or Java's logging forgets what it was told of Tomcat. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final String scheme;
    private final List<Span> spans = new ArrayList<>();
    private final List<LogRecord> records = new ArrayList<>();
    private final List<KeyValue> resource = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();

    private OtlpReceiver(String scheme) {
        this.scheme = scheme;
    }

    /** Starts on a free port of the loopback address. */
    static OtlpReceiver start(Path folder) {
        return start(folder, "http", new Connector());
    }

    /** Starts with TLS, and the key in this file. */
    static OtlpReceiver startWithTls(Path folder, Path keyStore, String password) {
        Connector connector = new Connector();
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keyStore.toString());
        certificate.setCertificateKeystorePassword(password);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return start(folder, "https", connector);
    }

    private static OtlpReceiver start(Path folder, String scheme, Connector connector) {
        TOMCAT.setLevel(Level.WARNING);
        OtlpReceiver receiver = new OtlpReceiver(scheme);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.addUpgradeProtocol(new Http2Protocol());
        receiver.tomcat.setBaseDir(folder.resolve("receiver").toString());
        receiver.tomcat.setConnector(connector);
        Tomcat.addServlet(receiver.tomcat.addContext("", folder.toString()), "otlp", receiver.new Export())
                .addMapping("/*");
        try {
            receiver.tomcat.start();
        } catch (LifecycleException e) {
            throw new AssertionError("the receiver does not start", e);
        }
        return receiver;
    }

    /** What {@code OTLP_ENDPOINT} says. */
    String endpoint() {
        return scheme + "://localhost:" + tomcat.getConnector().getLocalPort();
    }

    /** Takes one message of gRPC and answers with an empty one. */
    private final class Export extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            boolean grpc = request.getProtocol().equals("HTTP/2.0")
                    && request.getMethod().equals("POST")
                    && "application/grpc".equals(request.getContentType());
            if (!grpc) {
                throw new IOException("not gRPC: " + request.getProtocol() + " " + request.getContentType());
            }
            DataInputStream body = new DataInputStream(request.getInputStream());
            byte compressed = body.readByte();
            int length = body.readInt();
            if (compressed != 0 || length > MOST_BYTES) {
                throw new IOException("compressed or too long");
            }
            take(request.getRequestURI(), body.readNBytes(length));
            response.setContentType("application/grpc");
            response.setTrailerFields(() -> Map.of("grpc-status", "0"));
            response.getOutputStream().write(EMPTY_MESSAGE);
        }
    }

    private synchronized void take(String path, byte[] message) throws IOException {
        switch (path) {
            case TRACES ->
                ExportTraceServiceRequest.parseFrom(message)
                        .getResourceSpansList()
                        .forEach(of -> {
                            keep(of.getResource().getAttributesList());
                            of.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
                        });
            case LOGS ->
                ExportLogsServiceRequest.parseFrom(message)
                        .getResourceLogsList()
                        .forEach(of -> {
                            keep(of.getResource().getAttributesList());
                            of.getScopeLogsList().forEach(scope -> records.addAll(scope.getLogRecordsList()));
                        });
            default -> throw new IOException("nobody exports to " + path);
        }
        messages.add(message);
        notifyAll();
    }

    private void keep(List<KeyValue> attributes) {
        resource.clear();
        resource.addAll(attributes);
    }

    synchronized List<Span> spans() {
        return List.copyOf(spans);
    }

    synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** What the last message said of the process that sent it. */
    synchronized Map<String, Object> resource() {
        return OtlpTrace.values(resource);
    }

    /** Every byte that it was sent, as text for whoever searches it. */
    synchronized byte[] everything() {
        StringBuilder all = new StringBuilder();
        messages.forEach(message -> all.append(new String(message, StandardCharsets.ISO_8859_1)));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Waits until something holds of what has come. */
    synchronized void await(String what, Supplier<Boolean> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + what + " within " + PATIENCE + "; " + spans.size() + " spans and "
                        + records.size() + " records came");
            }
            wait(left);
        }
    }

    /** Waits for the whole trace of a request: its span ends last. */
    OtlpTrace trace(String requestId) throws InterruptedException {
        await("trace of " + requestId, () -> OtlpTrace.of(spans, requestId).isPresent());
        return OtlpTrace.of(spans(), requestId).orElseThrow();
    }

    /** Waits for the log records of a request, of which there is at least one. */
    List<LogRecord> recordsOf(String requestId) throws InterruptedException {
        Supplier<List<LogRecord>> own = () -> records.stream()
                .filter(line -> requestId.equals(
                        OtlpTrace.values(line.getAttributesList()).get("request_id")))
                .toList();
        await("log record of " + requestId, () -> !own.get().isEmpty());
        synchronized (this) {
            return own.get();
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new AssertionError("the receiver does not stop", e);
        }
    }
}
