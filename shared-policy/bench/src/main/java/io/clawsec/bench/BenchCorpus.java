package io.clawsec.bench;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Harmless English out of a corpus: gzipped JSON lines with {@code text} and {@code label}, 0 where it is harmless. */
final class BenchCorpus {

    private static final int LAST_ASCII = 0x7F;

    private BenchCorpus() {}

    /** The harmless ASCII texts one after the other, in the file's order, until they are long enough. */
    static String prose(Path corpus, int length) throws IOException {
        StringBuilder prose = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && prose.length() < length) {
                harmless(line).ifPresent(text -> prose.append(text).append("\n\n"));
                line = lines.readLine();
            }
        }
        return prose.toString();
    }

    private static Optional<String> harmless(String line) throws IOException {
        try {
            Map<String, @Nullable Object> row = Json.parseObject(line);
            boolean asked = Long.valueOf(0).equals(row.get("label"))
                    && row.get("text") instanceof String text
                    && text.chars().allMatch(character -> character <= LAST_ASCII);
            return asked ? Optional.of(String.valueOf(row.get("text"))) : Optional.empty();
        } catch (MalformedJsonException malformed) {
            throw new IOException("the corpus has a line that is not JSON", malformed);
        }
    }
}
