package io.millrace.buildtools.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Every rule lets good code pass and finds bad code, with the line.
class RulesTest {
    private static final String MAIN = "log-core/broker/src/main/java/io/millrace/";
    private static final String TEST = "log-core/broker/src/test/java/io/millrace/";

    @Test
    void aLayerKnowsOnlyLowerOnes() {
        String text = "package io.millrace.storage;\nimport io.millrace.host.Disk;\n"
                + "import io.millrace.broker.Shard;\nclass A { io.millrace.group.B b; }\n";
        List<String> expected = List.of(
                "3: storage may not know io.millrace.broker.Shard",
                "4: storage may not know io.millrace.group.B",
                "4: storage may not know io.millrace.group");
        assertEquals(expected, found(new LayerRule(), MAIN + "storage/A.java", text));
        assertEquals(List.of(), found(new LayerRule(), TEST + "storage/A.java", text));
    }

    @Test
    void aPackageWithoutALayerIsFound() {
        assertEquals(
                List.of("1: package nowhere is not in the layer table"),
                found(new LayerRule(), MAIN + "A.java", "package io.millrace.nowhere; class A {}"));
    }

    @Test
    void aPurePackageHasNoClockThreadOrRandomness() {
        String text = """
                package io.millrace.group;
                import java.util.concurrent.TimeUnit;
                import org.slf4j.Logger;
                class A {
                    long now() { return System.currentTimeMillis(); }
                    long nanos() { return System.nanoTime(); }
                    Object set() { return java.util.Set.of(1); }
                    Object map() { return Map.copyOf(x); }
                    Object id() { return UUID.randomUUID(); }
                    Object thread() { return new Thread(); }
                    Object list() { return List.of(1); }
                }
                """;
        List<String> lines = found(new PurityRule(), MAIN + "group/A.java", text).stream()
                .map(each -> each.substring(0, each.indexOf(':')))
                .toList();
        assertEquals(List.of("2", "3", "5", "6", "7", "8", "9", "10"), lines);
        String driver = text.replace("millrace.group", "millrace.broker");
        assertEquals(List.of(), found(new PurityRule(), MAIN + "broker/A.java", driver));
    }

    @Test
    void anEmptyWordInANameIsFound() {
        String text = "package io.millrace.broker;\nclass TopicManager {\n enum DataKind { A } }\n"
                + "class Metadata {}\nclass Informed {}\n";
        assertEquals(
                List.of(
                        "2: TopicManager: \"Manager\" says nothing in a name",
                        "3: DataKind: \"Data\" says nothing in a name"),
                found(new NameRule(), MAIN + "broker/TopicManager.java", text));
        String kafkas = text.replace("millrace.broker", "millrace.clients.admin");
        assertEquals(List.of(), found(new NameRule(), MAIN + "clients/admin/A.java", kafkas));
    }

    @Test
    void aLongFileAndALongLineAreFound() {
        String head = "package io.millrace.broker;\n";
        String file = head + "//\n".repeat(400);
        String line = head + "// " + "x".repeat(98) + "\n" + "// " + "x".repeat(97) + "\n";
        assertEquals(
                List.of("400: 401 lines; at most 400: split it"),
                found(new FileSizeRule(), MAIN + "broker/A.java", file));
        assertEquals(List.of(), found(new FileSizeRule(), TEST + "broker/A.java", file));
        assertEquals(
                List.of("2: 101 columns; at most 100"),
                found(new FileSizeRule(), TEST + "broker/A.java", line));
    }

    @Test
    void aLongMethodIsFoundUnlessItIsASwitch() {
        String body = "int a = 1;\n".repeat(39);
        String text = "package io.millrace.broker; class A {\nvoid longer() {\n" + body + "}\n"
                + "int table(int a) { return switch (a) {\n" + "\n".repeat(40)
                + "default -> 1; }; }\nString b() { a(); return \"\"\"\n" + "\n".repeat(40)
                + "\"\"\"; }}";
        assertEquals(
                List.of("2: longer: 41 lines; at most 40"),
                found(new MethodSizeRule(), MAIN + "broker/A.java", text));
        assertEquals(List.of(), found(new MethodSizeRule(), TEST + "broker/A.java", text));
    }

    @Test
    void manyParametersAreFoundUnlessTheyAreColumns() {
        String six = "(int a, int b, int c, int d, int e, int f)";
        String text = "package io.millrace.broker; class A {\nA" + six + " {}\n@Override void b"
                + six + " {}\nrecord C" + six + " { C {} }\n}";
        assertEquals(
                List.of("2: <init>: 6 parameters; at most 5"),
                found(new MethodSizeRule(), MAIN + "broker/A.java", text));
    }

    @Test
    void deepNestingIsFound() {
        String text = "package io.millrace.broker; class A { void a() {\n"
                + "if (a) { for (;;) { while (b) {\nif (c) {} } } }\n"
                + "if (a) {} else if (b) {} else if (c) {} else if (d) {\n"
                + "if (e) { if (f) {} } }\n}}";
        assertEquals(
                List.of("3: nested deeper than 3"),
                found(new NestingRule(), MAIN + "broker/A.java", text));
        assertEquals(List.of(), found(new NestingRule(), TEST + "broker/A.java", text));
    }

    @Test
    void aPackageNobodyDescribesIsFound() {
        TextFile code =
                new TextFile(MAIN + "broker/A.java", "package io.millrace.broker; class A {}");
        String whole = "/// Owner thread: any.\n@NullMarked\npackage io.millrace.broker;\n";
        TextFile described = new TextFile(MAIN + "broker/package-info.java", whole);
        TextFile ownerless = new TextFile(
                MAIN + "broker/package-info.java", whole.replace("Owner thread", "Thread"));
        assertEquals(List.of(), found(new PackageRule(), code, described));
        assertEquals(2, found(new PackageRule(), code).size());
        assertEquals(
                List.of("1: a paragraph \"/// Owner thread: ...\" is missing"),
                found(new PackageRule(), code, ownerless));
    }

    @Test
    void aDefaultOverOurOwnChoiceIsFound() {
        String text = """
                package io.millrace.broker;
                class A {
                    static final int BLUE = 1;
                    int g(int n) { return switch (n) { case BLUE -> 1; default -> 2; }; }
                    sealed interface Shape {} record Dot(int a) implements Shape {}
                    record Line() implements Shape {}
                    enum Color { RED, BLUE }
                    int a(Shape s) { return switch (s) { case Dot(int a) -> 1; default -> 2; }; }
                    int b(Color c) { return switch (c) { case RED -> 1; default -> 2; }; }
                    int c(Color c) { return switch (c) { case RED -> 1; case BLUE -> 2; }; }
                    int d(int n) { return switch (n) { case 1 -> 1; default -> 2; }; }
                    int e(Object o) { return switch (o) {
                        case String s -> 1; case Line l -> 3; default -> 2; }; }
                    void f(Shape s) { switch (s) { case Shape.Line l: break; default: break; } }
                }
                """;
        assertEquals(
                List.of(
                        "8: no default in a switch over our own Dot",
                        "9: no default in a switch over our own RED",
                        "14: no default in a switch over our own Line"),
                found(new DefaultRule(), MAIN + "broker/A.java", text));
    }

    @Test
    void anEmptyCatchIsFound() {
        String text = "package io.millrace.broker; class A { void a() {\n"
                + "try { b(); } catch (Exception e) { /* no */ }\n"
                + "try { b(); } catch (Exception e) { throw e; }\n}}";
        assertEquals(
                List.of("2: empty catch"),
                found(new EmptyCatchRule(), MAIN + "broker/A.java", text));
    }

    @Test
    void aSleepingTestIsFound() {
        String text = "package io.millrace.broker; class A { void a() {\nThread.sleep(1);\n"
                + "java.util.concurrent.TimeUnit.SECONDS.sleep(1);\n}}";
        assertEquals(
                List.of(
                        "2: Thread.sleep in a test",
                        "3: java.util.concurrent.TimeUnit.SECONDS.sleep in a test"),
                found(new SleepRule(), TEST + "broker/A.java", text));
        assertEquals(List.of(), found(new SleepRule(), MAIN + "broker/A.java", text));
    }

    @Test
    void anOpenEndIsFound() {
        TextFile file = new TextFile("docs/a.md", "good\nTO" + "DO later\n");
        assertEquals(
                List.of("2: an open end belongs in docs/ROADMAP.md"),
                found(new OpenEndRule(), file));
    }

    @Test
    void kafkasJarsAtRunTimeAreFound() {
        String pom = "<project><dependencies><dependency><groupId>org.apache.kafka</groupId>"
                + "<artifactId>kafka-clients</artifactId></dependency></dependencies></project>";
        String inTests = pom.replace("</artifactId>", "</artifactId><scope>test</scope>");
        KafkaRule rule = new KafkaRule();
        assertEquals(
                List.of("1: kafka-clients must have scope test"),
                found(rule, new TextFile("platform/pom.xml", pom)));
        assertEquals(List.of(), found(rule, new TextFile("platform/pom.xml", inTests)));
        assertEquals(List.of(), found(rule, new TextFile("connectors/file/pom.xml", pom)));
        String text =
                "package io.millrace.broker;\nimport org.apache.kafka.common.Uuid; class A {}";
        assertEquals(
                List.of("2: org.apache.kafka.common.Uuid outside of a test"),
                found(rule, MAIN + "broker/A.java", text));
        assertEquals(List.of(), found(rule, TEST + "broker/A.java", text));
    }

    @Test
    void whatIsNotOfMillraceIsFound() {
        String text = "see docs/work/a and /tmp/x\nsee /ro" + "ot/x\nCo-"
                + "authored-by: x\nhttps://repo" + ".maven.org\nissue" + " 12\n";
        List<String> lines = found(new OutsideWorldRule(), new TextFile("a.md", text)).stream()
                .map(each -> each.substring(0, each.indexOf(':')))
                .toList();
        assertEquals(List.of("2", "3", "4", "5"), lines);
    }

    @Test
    void raggedWhitespaceIsFound() {
        assertEquals(
                List.of(
                        "2: end the file with one line end",
                        "1: blank at the end of the line",
                        "2: tab"),
                found(new WhitespaceRule(), new TextFile("a.md", "a \n\tb")));
        assertEquals(List.of(), found(new WhitespaceRule(), new TextFile("a.md", "a\nb\n")));
    }

    @Test
    void aFileThatDoesNotParseIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () -> found(new NameRule(), MAIN + "broker/A.java", "class {"));
    }

    private static List<String> found(Rule rule, String path, String text) {
        return found(rule, new TextFile(path, text));
    }

    private static List<String> found(Rule rule, TextFile... files) {
        Complaints complaints = new Complaints();
        rule.check(Repository.of(files), complaints);
        return complaints.found().stream()
                .map(each -> each.line() + ": " + each.text())
                .toList();
    }
}
