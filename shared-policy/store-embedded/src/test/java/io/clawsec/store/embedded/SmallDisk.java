package io.clawsec.store.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes that a test can fill, in memory. Only root may mount one. */
final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "24m";
    private static final int BLOCK = 4096;
    private static final long MOST_SECONDS = 20;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one; where that is not allowed, the test is skipped and says why. */
    static SmallDisk mount(Path folder) throws IOException, InterruptedException {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "clawsec-small-disk", folder.toString());
        Assumptions.assumeTrue(
                mounted, "skipped: a full disk needs the right to mount a tmpfs (root, CAP_SYS_ADMIN, Linux)");
        return new SmallDisk(folder);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    Path folder() {
        return folder;
    }

    /** Takes what is free, while others take it too, to the last block. */
    void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > BLOCK) {
                throw e;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", folder.toString())) {
            run("umount", "-l", folder.toString());
        }
    }
}
