package io.clawsec.conformance;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a flood of bad tokens costs a caller whose token is good. Runs by itself, from the top of the clone, once the
 * server is built:
 *
 * <pre>java functions/conformance/src/test/java/io/clawsec/conformance/FloodLatency.java [java home] [rounds] [connections]</pre>
 *
 * <p>One caller submits prompts at a steady pace, one after the other: alone; while as many other connections send
 * {@value #REQUESTS} good, cheap requests as fast as they are answered, which is what a busy machine costs by itself; and
 * while they send as many requests with bad tokens. All come from one address. The load generator runs on the same
 * processors, so the figures are of server and generator together: trust the ratios.
 */
final class FloodLatency {

    private static final Path JAR = Path.of("functions/all-in-one/target/clawsec-all-in-one.jar");
    private static final Pattern FLAGS = Pattern.compile("(?m)^server_flags=\"(.*)\"$");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final int DEFAULT_ROUNDS = 10;
    private static final int DEFAULT_CONNECTIONS = 8;
    private static final int REQUESTS = 10_000;
    private static final int ALONE = 500;
    private static final int WARM_UP_ROUNDS = 2;
    private static final long PACE_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Roles without limits: what is measured is not how fast somebody is refused. */
    private static final String ROLES = """
            roles:
              developer: {description: Asks., permissions: ['query:submit', 'output:read']}
              administrator: {description: Looks., permissions: ['rbac:manage']}
            """;

    private final int port;
    private final int connections;

    private FloodLatency(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.home"));
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_ROUNDS;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_CONNECTIONS;
        if (!Files.isRegularFile(JAR)) {
            throw new IOException("no " + JAR + ": run this from the top of the clone, after mvn package");
        }
        Path folder = Files.createTempDirectory("clawsec-flood");
        int port = freePort();
        Process server = server(home, folder, port);
        try {
            awaitHealth(server, port, folder);
            System.out.println(home + ", " + rounds + " rounds, a prompt every " + PACE_NANOS / 1_000_000 + " ms, "
                    + REQUESTS + " requests over " + connections + " connections; ms, p50 / p99 / max");
            new FloodLatency(port, connections).measure(rounds);
        } finally {
            server.destroy();
            server.waitFor();
            delete(folder);
        }
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        byte[] prompt = request("POST /query", token("developer"), "{\"prompt\":\"What is the capital of France?\"}");
        String administrator = token("administrator");
        List<byte[]> cheap = List.of(request("GET /rbac/roles", administrator, ""));
        List<byte[]> bad = badTokens(administrator).stream()
                .map(token -> request("GET /rbac/roles", token, ""))
                .toList();
        List<Long> alone = new ArrayList<>();
        List<Long> busy = new ArrayList<>();
        List<Long> flooded = new ArrayList<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            List<Long> one = alone(prompt);
            List<Long> two = beside(cheap, 200, prompt);
            List<Long> three = beside(bad, 401, prompt);
            if (round >= 0) {
                alone.addAll(one);
                busy.addAll(two);
                flooded.addAll(three);
            }
        }
        System.out.println("  alone                       " + summary(alone));
        System.out.println("  beside good, cheap requests " + summary(busy));
        System.out.println("  beside bad tokens           " + summary(flooded));
        System.out.printf(
                "  p99 beside bad tokens: %.2f of alone, %.2f of beside good requests%n",
                (double) percentile(flooded, 99) / percentile(alone, 99),
                (double) percentile(flooded, 99) / percentile(busy, 99));
    }

    private static String summary(List<Long> nanos) {
        return String.format(
                "%.2f / %.2f / %.2f of %d",
                percentile(nanos, 50) / 1e6, percentile(nanos, 99) / 1e6, percentile(nanos, 100) / 1e6, nanos.size());
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    /** One each of what is believed for another reason each: form, header, key, signature. */
    private static List<String> badTokens(String good) {
        String[] parts = good.split("\\.");
        String otherKey = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)
                .replaceFirst("\"kid\":\"[^\"]*\"", "\"kid\":\"another\"");
        String header =
                Base64.getUrlEncoder().withoutPadding().encodeToString(otherKey.getBytes(StandardCharsets.UTF_8));
        char first = parts[2].charAt(0) == 'A' ? 'B' : 'A';
        return List.of(
                "no-token-at-all",
                parts[0] + "." + parts[1] + ".",
                header + "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "." + first + parts[2].substring(1),
                parts[0] + "." + parts[1].substring(0, parts[1].length() - 4) + "AAAA." + parts[2]);
    }

    private List<Long> alone(byte[] prompt) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (Connection caller = new Connection(port)) {
            for (int i = 0; i < ALONE; i++) {
                nanos.add(timed(caller, prompt));
            }
        }
        return nanos;
    }

    private List<Long> beside(List<byte[]> load, int status, byte[] prompt) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(REQUESTS);
        AtomicInteger unexpected = new AtomicInteger();
        List<Thread> senders = IntStream.range(0, connections)
                .mapToObj(i -> new Thread(() -> {
                    try (Connection connection = new Connection(port)) {
                        for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
                            if (connection.exchange(load.get(n % load.size())) != status) {
                                unexpected.incrementAndGet();
                            }
                        }
                    } catch (IOException e) {
                        unexpected.incrementAndGet();
                    }
                }))
                .toList();
        List<Long> nanos = new ArrayList<>();
        try (Connection caller = new Connection(port)) {
            senders.forEach(Thread::start);
            while (left.get() > 0) {
                nanos.add(timed(caller, prompt));
            }
        }
        for (Thread sender : senders) {
            sender.join();
        }
        if (unexpected.get() > 0) {
            throw new IOException(unexpected + " requests of the load were not answered with " + status);
        }
        return nanos;
    }

    /** Sends, and then waits for the rest of the pace. */
    private static long timed(Connection caller, byte[] prompt) throws IOException {
        long start = System.nanoTime();
        int status = caller.exchange(prompt);
        long took = System.nanoTime() - start;
        if (status != 200) {
            throw new IOException("a good request was answered with " + status);
        }
        LockSupport.parkNanos(PACE_NANOS - took);
        return took;
    }

    private String token(String role) throws IOException {
        try (Connection connection = new Connection(port)) {
            connection.exchange(request("POST /token", "", "{\"user_id\":\"alice\",\"role\":\"" + role + "\"}"));
            Matcher token = TOKEN.matcher(connection.body());
            if (!token.find()) {
                throw new IOException("no token for " + role);
            }
            return token.group(1);
        }
    }

    private static byte[] request(String line, String token, String json) {
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        String body = json.isEmpty()
                ? "\r\n"
                : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
        return (line + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** A client that costs as little as it can: it reads the status, the length and whether to come again. */
    private static final class Connection implements Closeable {

        private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

        private final int port;
        private final byte[] buffer = new byte[64 * 1024];
        private Socket socket;
        private String body = "";

        Connection(int port) throws IOException {
            this.port = port;
            this.socket = open(port);
        }

        private static Socket open(int port) throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) (PATIENCE_NANOS / 1_000_000));
            return socket;
        }

        int exchange(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            int filled = 0;
            int head = -1;
            while (head < 0) {
                filled = more(in, filled);
                head = endOfHead(filled);
            }
            String text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
            int length = Integer.parseInt(header(text, "Content-Length: "));
            while (filled < head + length) {
                filled = more(in, filled);
            }
            body = new String(buffer, head, length, StandardCharsets.UTF_8);
            if (header(text, "Connection: ").equals("close")) {
                socket.close();
                socket = open(port);
            }
            return Integer.parseInt(text.substring(9, 12));
        }

        private int more(InputStream in, int filled) throws IOException {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                throw new EOFException("the connection ended in an answer");
            }
            return filled + read;
        }

        private int endOfHead(int filled) {
            for (int i = 0; i + END_OF_HEAD.length <= filled; i++) {
                if (Arrays.equals(buffer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                    return i + END_OF_HEAD.length;
                }
            }
            return -1;
        }

        private static String header(String head, String name) {
            int start = head.indexOf("\r\n" + name);
            return start < 0 ? "" : head.substring(start + 2 + name.length(), head.indexOf("\r\n", start + 2));
        }

        String body() {
            return body;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Process server(Path home, Path folder, int port) throws IOException {
        Matcher flags = FLAGS.matcher(Files.readString(Path.of("clawsec")));
        if (!flags.find()) {
            throw new IOException("the launcher names no flags");
        }
        Files.writeString(Files.createDirectory(folder.resolve("policy")).resolve("roles.yaml"), ROLES);
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(Arrays.asList(flags.group(1).split(" ")));
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("CLAWSEC_MANAGEMENT_PORT", "off");
        builder.environment().put("CLAWSEC_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("CLAWSEC_POLICY_DIR", folder.resolve("policy").toString());
        return builder.start();
    }

    private static void awaitHealth(Process server, int port, Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            if (!server.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("it did not start: " + Files.readString(folder.resolve("log")));
            }
            try (Connection connection = new Connection(port)) {
                if (connection.exchange(request("GET /health", "", "")) == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(10); // not listening yet
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
