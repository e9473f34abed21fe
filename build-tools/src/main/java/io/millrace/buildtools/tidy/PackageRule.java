package io.millrace.buildtools.tidy;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Every package of main code has a `package-info.java` that makes it `@NullMarked` and names the
/// thread that owns what is in it.
final class PackageRule implements Rule {
    private static final Pattern OWNER =
            Pattern.compile("^/// Owner thread: \\S", Pattern.MULTILINE);

    @Override
    public void check(Repository repository, Complaints complaints) {
        Map<String, String> texts = new TreeMap<>();
        for (Source source : repository.sources()) {
            if (source.path().contains("/src/main/")) {
                String folder = source.path().substring(0, source.path().lastIndexOf('/') + 1);
                texts.merge(folder, described(source), (a, b) -> a + b);
            }
        }
        texts.forEach((folder, text) -> {
            if (!text.contains("@NullMarked")) {
                complaints.add(this, folder + "package-info.java", 1, "@NullMarked is missing");
            }
            if (!OWNER.matcher(text).find()) {
                complaints.add(
                        this,
                        folder + "package-info.java",
                        1,
                        "a paragraph \"/// Owner thread: ...\" is missing");
            }
        });
    }

    private static String described(Source source) {
        return source.file().name().equals("package-info.java") ? source.file().text() : "";
    }
}
