package io.millrace.buildtools.tidy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// All rules over all files. `java -cp build-tools/target/classes
/// io.millrace.buildtools.tidy.Tidy .` prints what is wrong, a line each.
public final class Tidy {
    private static final List<Rule> RULES = List.of(
            new LayerRule(),
            new PurityRule(),
            new NameRule(),
            new FileSizeRule(),
            new MethodSizeRule(),
            new NestingRule(),
            new PackageRule(),
            new DefaultRule(),
            new EmptyCatchRule(),
            new SleepRule(),
            new OpenEndRule(),
            new KafkaRule(),
            new OutsideWorldRule(),
            new WhitespaceRule());

    private Tidy() {}

    public static void main(String[] arguments) throws IOException {
        List<Complaint> complaints =
                complaints(Path.of(arguments.length == 0 ? "." : arguments[0]));
        complaints.forEach(System.out::println);
        System.exit(complaints.isEmpty() ? 0 : 1);
    }

    public static List<Complaint> complaints(Path root) throws IOException {
        Repository repository = Repository.read(root.toAbsolutePath().normalize());
        Complaints complaints = new Complaints();
        for (Rule rule : RULES) {
            rule.check(repository, complaints);
        }
        return complaints.found();
    }
}
