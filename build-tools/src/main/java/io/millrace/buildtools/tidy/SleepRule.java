package io.millrace.buildtools.tidy;

import java.util.regex.Pattern;

/// A test waits for what it wants to see, not for time to pass: a sleep is too short on a busy
/// machine and too long on every other.
final class SleepRule implements SourceRule {
    private static final Pattern SLEEP =
            Pattern.compile("(.*\\.)?(Thread|TimeUnit(\\.\\w+)?)\\.sleep");

    @Override
    public void check(Source source, Complaints complaints) {
        if (source.isTest()) {
            References.of(source).forEach((name, line) -> {
                if (SLEEP.matcher(name).matches()) {
                    complaints.add(this, source.path(), line, name + " in a test");
                }
            });
        }
    }
}
