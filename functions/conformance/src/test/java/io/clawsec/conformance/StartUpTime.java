package io.clawsec.conformance;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a server takes from its spawn to its first answers, without any cache archive. Runs by itself, from the top of
 * the clone, once the server is built:
 *
 * <pre>java functions/conformance/src/test/java/io/clawsec/conformance/StartUpTime.java [java home] [runs] [NAME=value ...]</pre>
 *
 * <p>Every run is a first start: its data folder is new, so database and secret are made. {@code health} is the first 200 of
 * {@code GET /health}; {@code query} is the first 200 of {@code POST /query}, for which a token was fetched first. The server's environment is
 * empty but for what is named here.
 */
final class StartUpTime {

    private static final Path JAR = Path.of("functions/all-in-one/target/clawsec-all-in-one.jar");
    private static final Pattern FLAGS = Pattern.compile("(?m)^server_flags=\"(.*)\"$");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final int DEFAULT_RUNS = 10;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Path java;
    private final List<String> settings;
    private final List<Long> health = new ArrayList<>();
    private final List<Long> query = new ArrayList<>();

    private StartUpTime(Path java, List<String> settings) {
        this.java = java;
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.home"));
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_RUNS;
        if (!Files.isRegularFile(JAR)) {
            throw new IOException("no " + JAR + ": run this from the top of the clone, after mvn package");
        }
        List<String> settings = Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
        StartUpTime measured = new StartUpTime(home.resolve("bin/java"), settings);
        for (int run = 0; run < runs; run++) {
            measured.run();
        }
        System.out.println(home + ", " + runs + " runs, ms from spawn to the first 200: min / median / max");
        System.out.println("  GET  /health  " + summary(measured.health));
        System.out.println("  POST /query   " + summary(measured.query));
    }

    private static String summary(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        int last = sorted.size() - 1;
        long median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return sorted.get(0) + " / " + median + " / " + sorted.get(last);
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("clawsec-start");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("CLAWSEC_MANAGEMENT_PORT", "off");
        builder.environment().put("CLAWSEC_DATA_DIR", folder.resolve("data").toString());
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        }
        long spawn = System.nanoTime();
        Process process = builder.start();
        try {
            awaitHealth(process, port, spawn, folder);
            health.add((System.nanoTime() - spawn) / 1_000_000);
            String body = post(port, "/token", "", "{\"user_id\":\"alice\",\"role\":\"agent\"}");
            Matcher token = TOKEN.matcher(body);
            if (!token.find()) {
                throw new IOException("no token in " + body.length() + " characters");
            }
            post(port, "/query", "Bearer " + token.group(1), "{\"prompt\":\"What is the capital of France?\"}");
            query.add((System.nanoTime() - spawn) / 1_000_000);
        } finally {
            process.destroy();
            process.waitFor();
            delete(folder);
        }
    }

    private List<String> command() throws IOException {
        Matcher flags = FLAGS.matcher(Files.readString(Path.of("clawsec")));
        if (!flags.find()) {
            throw new IOException("the launcher names no flags");
        }
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(Arrays.asList(flags.group(1).split(" ")));
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private static void awaitHealth(Process process, int port, long spawn, Path folder)
            throws IOException, InterruptedException {
        while (true) {
            if (!process.isAlive() || System.nanoTime() - spawn > PATIENCE_NANOS) {
                throw new IOException("it did not start: " + Files.readString(folder.resolve("log")));
            }
            try {
                if (connection(port, "/health").getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(2); // not listening yet
            }
        }
    }

    private static String post(int port, String path, String authorization, String json) throws IOException {
        HttpURLConnection connection = connection(port, path);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            connection.setRequestProperty("Authorization", authorization);
        }
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() != 200) {
            throw new IOException(path + " answered " + connection.getResponseCode());
        }
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static HttpURLConnection connection(int port, String path) throws IOException {
        return (HttpURLConnection)
                URI.create("http://localhost:" + port + path).toURL().openConnection();
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
