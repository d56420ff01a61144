package io.clawsec.cli.policy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The lines of a file, packed or not, one at a time: of a line that is too long nothing is held. Not for several threads. */
final class CorpusLines implements Closeable {

    /** Bytes of a line; more than any text that a request may bring, escaped. */
    static final int LONGEST = 8 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final InputStream in;
    private long number;

    private CorpusLines(InputStream in) {
        this.in = in;
    }

    /** Opens a file; that it is packed its first bytes tell, whatever it is called. */
    static CorpusLines open(Path file) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            return new CorpusLines(packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * One line.
     *
     * @param number the first is 1
     * @param utf8 without its end; empty where it is too long
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares lines
    record Line(long number, byte[] utf8, boolean tooLong) {

        /** Shows the number only. */
        @Override
        public String toString() {
            return "Line[" + number + "]";
        }
    }

    /** The next line; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        number++;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() < LONGEST) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
        return Optional.of(new Line(number, tooLong ? new byte[0] : line.toByteArray(), tooLong));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
