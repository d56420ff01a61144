package io.clawsec.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many {@code POST /query} a server answers in a second, how soon, and at what cost, the load generator's own beside
 * it. Runs by itself, from the top of the clone, once the server is built:
 *
 * <pre>java functions/conformance/src/test/java/io/clawsec/conformance/QueryThroughput.java [options] [java home]</pre>
 *
 * <p>The server is the all-in-one process with the mock model and its durable audit in a new data folder; limits are
 * counted as always, but too high to be reached. Each connection is a thread with a socket, which sends the same bytes
 * again when it has read the answer. At the end the audit is read: each answer must have its one {@code llm_query} event,
 * found by its request id. Where one has not, or an answer is not a 200, the exit code is 1.
 */
final class QueryThroughput {

    private static final String USAGE = "usage: java QueryThroughput.java"
            + " [--seconds 10] [--connections 1,8,32] [--prompt-bytes 200] [--jvm-arg FLAG]... [java home]";
    private static final String HEADING =
            "connections  requests   a second      p50      p95      p99      max  service CPU  generator CPU  errors";

    private static final Path JAR = Path.of("functions/all-in-one/target/clawsec-all-in-one.jar");
    private static final Path ROLES = Path.of("shared-policy/core/src/main/resources/policy/roles.yaml");
    private static final Pattern FLAGS = Pattern.compile("(?m)^server_flags=\"(.*)\"$");
    private static final Pattern LIMIT = Pattern.compile("(requests_per_hour|burst_per_minute): \\d+");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern NEXT_CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([0-9a-f-]{36})\"");
    private static final Pattern HEAD = Pattern.compile("(?s)\r\nContent-Length: (\\d{1,7})\r\n.*?(?<=\r\n)\r\n");
    private static final String OK = "HTTP/1.1 200 ";
    private static final String CLOSING = "\r\nConnection: close\r\n";
    private static final String SENTENCE = "Tell me in one sentence why the sky over the harbour is red this evening. ";

    /** At most; by then nearly all of the request path is compiled code. */
    private static final int WARM_UP_REQUESTS = 40_000;

    private static final int WARM_UP_CONNECTIONS = 32;
    private static final int LONGEST_ANSWER_BYTES = 16 * 1024;
    private static final int LONGEST_PAGE_BYTES = 4 << 20;
    private static final int LONGEST_SILENCE_MILLIS = 30_000;
    private static final int START_PATIENCE_SECONDS = 60;
    private static final int STOP_PATIENCE_SECONDS = 15;

    private final Path java;
    private final int seconds;
    private final List<Integer> connections;
    private final String prompt;
    private final List<String> jvmFlags = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private final AtomicInteger errors = new AtomicInteger();
    private int port;
    private byte[] query = {};

    private QueryThroughput(Queue<String> arguments) {
        Map<String, String> read = new HashMap<>(Map.of("--seconds", "10", "--connections", "1,8,32"));
        read.putAll(Map.of("--prompt-bytes", "200", "home", System.getProperty("java.home")));
        while (!arguments.isEmpty()) {
            String name = arguments.peek().startsWith("--") ? arguments.remove() : "home";
            String value = arguments.isEmpty() ? "" : arguments.remove();
            if (name.equals("--jvm-arg")) {
                jvmFlags.add(value);
            } else if (read.replace(name, value) == null) {
                throw new IllegalArgumentException("there is no option " + name);
            }
        }
        java = Path.of(read.getOrDefault("home", "")).resolve("bin/java");
        seconds = Integer.parseUnsignedInt(read.getOrDefault("--seconds", ""));
        connections = Stream.of(read.getOrDefault("--connections", "").split(",", -1))
                .map(Integer::parseUnsignedInt)
                .toList();
        int promptBytes = Integer.parseUnsignedInt(read.getOrDefault("--prompt-bytes", ""));
        prompt = SENTENCE.repeat(promptBytes / SENTENCE.length() + 1).substring(0, promptBytes);
        if (!Files.isExecutable(java) || !Files.isRegularFile(JAR)) {
            throw new IllegalArgumentException("needs " + java + " and " + JAR + ", which mvn package makes");
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            System.exit(new QueryThroughput(new ArrayDeque<>(List.of(arguments))).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("clawsec-throughput");
        Process server = start(folder);
        // For every way out: the end, an exception, TERM and Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        awaitHealth(server, folder);
        query = request("POST /query", token("agent"), "{\"prompt\":\"" + prompt + "\"}");
        System.out.println(java + ", " + Runtime.getRuntime().availableProcessors() + " processors; " + prompt.length()
                + " bytes; " + seconds + " s each, after " + WARM_UP_REQUESTS + " requests to warm up; times in ms");
        AtomicInteger left = new AtomicInteger(WARM_UP_REQUESTS);
        measure(server, WARM_UP_CONNECTIONS, () -> left.getAndDecrement() > 0);
        System.out.println(HEADING);
        for (int count : connections) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            System.out.println(measure(server, count, () -> System.nanoTime() < end));
        }
        return audited() && errors.get() == 0;
    }

    /** Asks over so many connections for as long as there is more to ask; a line of figures. */
    private String measure(Process server, int count, BooleanSupplier more) throws InterruptedException {
        Map<String, Double> millisById = new ConcurrentHashMap<>();
        List<Thread> all = Stream.generate(() -> new Thread(() -> ask(more, millisById)))
                .limit(count)
                .toList();
        int failed = errors.get();
        double service = cpuMillis(server.toHandle());
        double generator = cpuMillis(ProcessHandle.current());
        long start = System.nanoTime();
        all.forEach(Thread::start);
        for (Thread connection : all) {
            connection.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        service = cpuMillis(server.toHandle()) - service;
        generator = cpuMillis(ProcessHandle.current()) - generator;
        failed = errors.get() - failed;
        answered.addAll(millisById.keySet());
        double[] ms = millisById.values().stream().mapToDouble(m -> m).sorted().toArray();
        int n = ms.length;
        if (n == 0) {
            throw new IllegalStateException("there was no good answer, and " + failed + " errors");
        }
        return String.format("%11d %9d %10.0f %8.2f %8.2f", count, n, n / took, ms[n / 2], ms[(int) (n * 0.95)])
                + String.format("%9.2f%9.2f%13.3f", ms[(int) (n * 0.99)], ms[n - 1], service / n)
                + String.format("%15.3f%8d", generator / n, failed);
    }

    /** One connection at a time, and a new one when the server says that it closes this one. */
    private void ask(BooleanSupplier more, Map<String, Double> millisById) {
        byte[] buffer = new byte[LONGEST_ANSWER_BYTES];
        boolean goOn = true;
        while (goOn) {
            try (Socket socket = socket()) {
                String answer = "";
                while (!answer.contains(CLOSING) && (goOn = more.getAsBoolean())) {
                    long start = System.nanoTime();
                    answer = exchange(socket, query, buffer);
                    double took = (System.nanoTime() - start) / 1e6;
                    String id = answer.startsWith(OK) ? first(REQUEST_ID, answer) : "";
                    if (id.isEmpty() || millisById.put(id, took) != null) {
                        errors.incrementAndGet();
                    }
                }
            } catch (IOException e) {
                errors.incrementAndGet();
                goOn = false;
            }
        }
    }

    private static double cpuMillis(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** Whether the audit holds one event for each answer, and none beside. */
    private boolean audited() throws IOException {
        String token = token("auditor");
        List<String> audited = new ArrayList<>();
        String page = "";
        do {
            String cursor = page.isEmpty() ? "" : "&cursor=" + first(NEXT_CURSOR, page);
            page = ask("GET /audit?event_type=llm_query&limit=1000" + cursor, token, "");
            REQUEST_ID.matcher(page).results().forEach(id -> audited.add(id.group(1)));
        } while (!first(NEXT_CURSOR, page).isEmpty());
        boolean each = audited.size() == answered.size() && answered.equals(new HashSet<>(audited));
        System.out.println("audit: " + audited.size() + " llm_query events for " + answered.size() + " answers, "
                + (each ? "one for each" : "WHICH DO NOT AGREE") + "; errors: " + errors);
        return each;
    }

    private Process start(Path folder) throws IOException {
        Path policy = Files.createDirectory(folder.resolve("policy"));
        String roles = LIMIT.matcher(Files.readString(ROLES)).replaceAll("$1: 1000000000");
        Files.writeString(policy.resolve("roles.yaml"), roles);
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        String flags = first(FLAGS, Files.readString(Path.of("clawsec")));
        List<String> command = new ArrayList<>(List.of(flags.split(" ")));
        command.add(0, java.toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PORT", "" + port, "CLAWSEC_MANAGEMENT_PORT", "off"));
        builder.environment().put("CLAWSEC_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("CLAWSEC_POLICY_DIR", policy.toString());
        return builder.start();
    }

    private static void stop(Process server, Path folder) {
        server.destroy();
        try {
            if (!server.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException | InterruptedException e) {
            System.err.println(folder + " is left behind: " + e);
        }
    }

    private void awaitHealth(Process server, Path folder) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_PATIENCE_SECONDS);
        while (server.isAlive() && System.nanoTime() < deadline) {
            try {
                ask("GET /health", "", "");
                return;
            } catch (ConnectException e) {
                Thread.sleep(5); // not listening yet
            }
        }
        throw new IOException("it did not start: " + Files.readString(folder.resolve("log")));
    }

    private String token(String role) throws IOException {
        return first(TOKEN, ask("POST /token", "", "{\"user_id\":\"alice\",\"role\":\"" + role + "\"}"));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private byte[] request(String methodAndPath, String token, String json) {
        return (methodAndPath + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String ask(String methodAndPath, String token, String json) throws IOException {
        try (Socket socket = socket()) {
            return exchange(socket, request(methodAndPath, token, json), new byte[LONGEST_PAGE_BYTES]);
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
        return socket;
    }

    private static String exchange(Socket socket, byte[] request, byte[] buffer) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        Matcher head = HEAD.matcher("");
        int length = 0;
        while (!head.find()) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new IOException("the answer broke off, or is too long");
            }
            length += read;
            head.reset(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
        int end = head.end() + Integer.parseInt(head.group(1));
        if (length + in.readNBytes(buffer, length, end - length) < end) {
            throw new IOException("the answer broke off");
        }
        return new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    }
}
