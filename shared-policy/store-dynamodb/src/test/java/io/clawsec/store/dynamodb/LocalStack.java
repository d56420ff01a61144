package io.clawsec.store.dynamodb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack's DynamoDB in a container, of the image that the compose file of localstack/ names. */
final class LocalStack {

    /** Whether the tests are to run against it: the profile "containers" says so. */
    static final String ASKED_PROPERTY = "clawsec.localstack";

    private static final String NO_DOCKER =
            "tests against LocalStack are skipped: no Docker engine answers, here or where DOCKER_HOST says";

    /** Surefire says where the module is. */
    private static final Path COMPOSE =
            Path.of(System.getProperty("basedir", "")).resolve("../../localstack/compose.yaml");

    private static final Pattern IMAGE = Pattern.compile("^ *image: (localstack/localstack:\\S+)$", Pattern.MULTILINE);

    private static boolean told;

    private LocalStack() {}

    static boolean isAsked() {
        return Boolean.getBoolean(ASKED_PROPERTY);
    }

    /** Starts it; it ends with this process. Where no Docker engine answers, the test that asks is skipped. */
    static synchronized URI start() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker && !told) {
            System.out.println(NO_DOCKER); // a build shows how many, and not why
            told = true;
        }
        assumeTrue(docker, NO_DOCKER);
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(image()))
                .withServices("dynamodb")
                .withEnv("DISABLE_EVENTS", "1"); // as in the compose file
        container.start();
        return container.getEndpoint();
    }

    /** The image, with its version. */
    static String image() {
        try {
            Matcher image = IMAGE.matcher(Files.readString(COMPOSE));
            if (!image.find()) {
                throw new IllegalStateException(COMPOSE + " names no image of LocalStack");
            }
            return image.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
