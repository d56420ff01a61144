package io.clawsec.conformance;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.util.ReflectUtil;
import io.clawsec.store.StoreProvider;
import io.clawsec.store.embedded.EmbeddedStoreProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** A package running under AWS's own runtime interface client, in a process of its own, as Lambda starts it. */
final class LambdaProcess implements RunningProgram {

    private static final String HANDLER =
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";

    /** The client's own property for where its native part is. */
    private static final String NATIVE_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /** The flags of AWS's Java runtimes. */
    private static final List<String> FLAGS = List.of(
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.net.preferIPv4Stack=true");

    private final FakeRuntimeApi runtime;
    private final Process process;
    private final Path log;

    private LambdaProcess(FakeRuntimeApi runtime, Process process, Path log) {
        this.runtime = runtime;
        this.process = process;
        this.log = log;
        process.onExit().thenAccept(ended -> runtime.ended("code " + ended.exitValue() + ", see " + log));
    }

    /** Starts a package as it is, which has no store that it may use. */
    static LambdaProcess start(LambdaPackage function, Path folder, Map<String, String> settings) throws IOException {
        Path taskRoot = Files.createDirectories(folder.resolve(function.function()));
        function.unpack(taskRoot);
        return run(taskRoot, folder.resolve(function + ".log"), settings);
    }

    /** Starts a package with the store of {@link LambdaStore} beside it. */
    static LambdaProcess startWithStore(LambdaPackage function, Path folder, Map<String, String> settings)
            throws IOException {
        Path taskRoot = Files.createDirectories(folder.resolve(function.function()));
        function.unpack(taskRoot);
        for (Class<?> inJar : List.of(EmbeddedStoreProvider.class, org.sqlite.JDBC.class)) {
            Path jar = place(inJar);
            Files.copy(jar, taskRoot.resolve("lib").resolve(jar.getFileName()));
        }
        String classFile = LambdaStore.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(taskRoot.resolve(classFile).getParent());
        Files.copy(place(LambdaStore.class).resolve(classFile), taskRoot.resolve(classFile));
        Path service = taskRoot.resolve("META-INF/services/" + StoreProvider.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, LambdaStore.class.getName());
        return run(taskRoot, folder.resolve(function + ".log"), settings);
    }

    private static LambdaProcess run(Path taskRoot, Path log, Map<String, String> settings) throws IOException {
        FakeRuntimeApi runtime = new FakeRuntimeApi();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-D" + NATIVE_LIBRARY + "=" + nativeLibrary(taskRoot.resolveSibling(log.getFileName() + ".so")));
        command.addAll(List.of("-cp", runtimeClassPath(), AWSLambda.class.getName(), HANDLER));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(taskRoot.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        runtime.address(),
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "test",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "512",
                        "AWS_REGION",
                        "eu-west-1",
                        "LAMBDA_TASK_ROOT",
                        taskRoot.toString(),
                        "_HANDLER",
                        HANDLER));
        builder.environment().putAll(settings);
        return new LambdaProcess(runtime, builder.start(), log);
    }

    /** Left to itself the client unpacks it to one place in {@code /tmp}, and two that start together spoil it. */
    private static Path nativeLibrary(Path file) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (InputStream library =
                AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + machine + ".so")) {
            if (library == null) {
                throw new AssertionError("the runtime client has no native library for " + machine);
            }
            Files.copy(library, file);
            return file;
        }
    }

    /** What AWS's runtime has itself; the package comes through the loader that the client makes. */
    private static String runtimeClassPath() {
        return Stream.of(AWSLambda.class, RequestStreamHandler.class, ReflectUtil.class, SdkInternalThreadLocal.class)
                .map(LambdaProcess::place)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar or folder that a class comes from. */
    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a request as an HTTP API would hand it over. */
    @Override
    public Reply send(Ask ask) {
        return HttpApiEvents.reply(runtime.invoke(HttpApiEvents.event(ask)));
    }

    /** Sends an event as it is. */
    Reply sendEvent(byte[] event) {
        return HttpApiEvents.reply(runtime.invoke(event));
    }

    FakeRuntimeApi runtime() {
        return runtime;
    }

    @Override
    public String output() {
        return Clone.text(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        runtime.close();
    }
}
