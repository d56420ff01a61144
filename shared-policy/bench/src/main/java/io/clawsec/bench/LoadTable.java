package io.clawsec.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One table with a column for each store; stores that have no column of their own yet can say why. */
final class LoadTable {

    private final List<String> columns = new ArrayList<>();
    private final List<Map<String, String>> cells = new ArrayList<>();
    private final List<String> absences = new ArrayList<>();

    /** Begins the column of a store. */
    void column(String title) {
        columns.add(title);
        cells.add(new LinkedHashMap<>());
        absences.add("–");
    }

    /** Adds a column that says the same in every row. */
    void absent(String title, String why) {
        column(title);
        absences.set(absences.size() - 1, why);
    }

    /** Sets what a row says in the column begun last. */
    void put(String row, String cell) {
        cells.get(cells.size() - 1).put(row, cell);
    }

    /** In Markdown; rows stand in the order in which they were first named. */
    String text() {
        List<String> rows = cells.stream()
                .flatMap(each -> each.keySet().stream())
                .distinct()
                .toList();
        String head = "| | " + String.join(" | ", columns) + " |\n|---" + "|---".repeat(columns.size()) + "|\n";
        return head + rows.stream().map(this::line).collect(Collectors.joining());
    }

    private String line(String row) {
        StringBuilder line = new StringBuilder("| ").append(row);
        for (int i = 0; i < columns.size(); i++) {
            line.append(" | ").append(cells.get(i).getOrDefault(row, absences.get(i)));
        }
        return line.append(" |\n").toString();
    }
}
