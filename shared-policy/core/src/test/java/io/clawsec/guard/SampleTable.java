package io.clawsec.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The table of formats: for each rule one or more descriptions, a line each: {@code id | description}. */
final class SampleTable {

    private final Map<String, List<SampleFormat>> formats = new LinkedHashMap<>();

    SampleTable(String resource, Random random) {
        try (InputStream in = Objects.requireNonNull(SampleTable.class.getResourceAsStream(resource), resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int bar = line.indexOf(" | ");
                        formats.computeIfAbsent(line.substring(0, bar).trim(), id -> new ArrayList<>())
                                .add(new SampleFormat(line.substring(bar + 3), random));
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The formats of each rule, by its id. */
    Map<String, List<SampleFormat>> formats() {
        return formats;
    }

    /** For each rule what it must find, and what it must not by a hair. */
    Map<String, List<Sample>> samples() {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        formats.forEach((id, own) -> own.forEach(format -> {
            List<Sample> texts = samples.computeIfAbsent(id, key -> new ArrayList<>());
            texts.addAll(format.positives());
            texts.addAll(format.nearMisses());
        }));
        return samples;
    }
}
