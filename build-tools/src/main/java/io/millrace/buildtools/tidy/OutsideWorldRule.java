package io.millrace.buildtools.tidy;

import java.util.List;
import java.util.regex.Pattern;

/// The repository speaks of Millrace alone: no paths of somebody's machine, no hosts that packages
/// come from, no credits to tools, no numbers of tickets.
final class OutsideWorldRule implements Rule {
    // Brackets keep this file from matching itself.
    private static final List<Pattern> OUTSIDE = List.of(
            Pattern.compile("(?<![\\w.$}])/(work|root|home|Users)[/]\\w"),
            Pattern.compile("(?i)co-authored[-]by|generated[ ]with|claud[e]|anthropi[c]|chatgp[t]"),
            Pattern.compile(
                    "(?i)repo[.]maven|repo1[.]maven|registry[.]npmjs|deb[.]debian|pypi[.]org"),
            Pattern.compile("(?i)\\b(issue|ticket)[ ]#?\\d|\\bhouse[-]style"));

    @Override
    public void check(Repository repository, Complaints complaints) {
        for (TextFile file : repository.files()) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (OUTSIDE.stream().anyMatch(p -> p.matcher(line).find())) {
                    complaints.add(
                            this, file.path(), i + 1, "says something that is not of Millrace");
                }
            }
        }
    }
}
