package io.clawsec.guard.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** What RE2/J finds, as pattern number, start and end: the reference for every matcher here. */
public final class Re2Oracle {

    private final List<Pattern> programs;

    public Re2Oracle(List<String> regexes) {
        this.programs = regexes.stream().map(Pattern::compile).toList();
    }

    public List<String> find(String text) {
        List<String> found = new ArrayList<>();
        for (int pattern = 0; pattern < programs.size(); pattern++) {
            Pattern program = programs.get(pattern);
            int group = program.namedGroups().getOrDefault("value", 0);
            Matcher matcher = program.matcher(text);
            int from = 0;
            while (from < text.length() && matcher.find(from)) {
                if (matcher.start(group) >= 0 && matcher.start(group) < matcher.end(group)) {
                    found.add(pattern + ":" + matcher.start(group) + "-" + matcher.end(group));
                }
                from = Math.max(matcher.end(), from + 1); // or an empty match would be found without end
            }
        }
        return found;
    }
}
