package io.clawsec.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function's package for AWS Lambda, as the build made it.
 *
 * @param function the module's name
 */
record LambdaPackage(String function) {

    static final List<LambdaPackage> ALL = List.of(
            new LambdaPackage("issue-token"),
            new LambdaPackage("query"),
            new LambdaPackage("audit"),
            new LambdaPackage("admin"));

    Path zip() {
        Path zip = Clone.TOP.resolve("functions/" + function + "/target/clawsec-" + function + "-lambda.zip");
        if (!Files.isRegularFile(zip)) {
            throw new AssertionError("there is no " + zip + ": package functions/" + function + " first");
        }
        return zip;
    }

    long bytes() {
        try {
            return Files.size(zip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of everything in it. */
    List<String> entries() {
        try (ZipFile archive = new ZipFile(zip().toFile())) {
            return archive.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks it as AWS does. */
    void unpack(Path taskRoot) throws IOException {
        try (ZipFile archive = new ZipFile(zip().toFile())) {
            for (ZipEntry entry :
                    archive.stream().filter(each -> !each.isDirectory()).toList()) {
                Path file = taskRoot.resolve(entry.getName()).normalize();
                if (!file.startsWith(taskRoot)) {
                    throw new AssertionError("an entry leaves the package: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (InputStream bytes = archive.getInputStream(entry)) {
                    Files.copy(bytes, file);
                }
            }
        }
    }

    @Override
    public String toString() {
        return function;
    }
}
