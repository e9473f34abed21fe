package io.millrace.platform.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random command lines with no server to be found: each ends, with one line that says why. The
/// seed of a failure is its round.
final class CommandLineFuzzTest {
    private static final int FIRST = Integer.getInteger("fuzz.seed", 0);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
    private static final List<String> COMMANDS = List.of(
            "up",
            "topic list",
            "topic create t",
            "topic describe t",
            "topic grow t",
            "topic delete t",
            "group list",
            "group describe g",
            "group seek g --to",
            "group delete g",
            "produce t",
            "consume t",
            "config get topic t",
            "config set topic t a=b",
            "config unset topic t a",
            "log dirs",
            "log dump",
            "log trim t",
            "quorum describe",
            "perf produce t",
            "perf consume t",
            "perf latency t",
            "doctor");
    private static final List<String> GROUPS =
            List.of("topic", "group", "config", "log", "quorum", "perf");
    private static final List<String> OPTIONS = List.of(
            "-p",
            "-n",
            "-o",
            "-g",
            "-e",
            "-f",
            "-K",
            "-k",
            "-H",
            "-T",
            "-z",
            "-a",
            "-Z",
            "-c",
            "-r",
            "-s",
            "-t",
            "--json",
            "--to",
            "--before",
            "--all",
            "--internal",
            "--isolation",
            "--command-config",
            "--data",
            "--listen",
            "--config",
            "--set",
            "--roles",
            "--header",
            "--partition=",
            "--count=",
            "--json=",
            "--format=",
            "--key",
            "--acks=1",
            "-X",
            "-Xa",
            "--prop",
            "--",
            "-",
            "---",
            "-pp",
            "--jsonn",
            "-h",
            "--help",
            "--version");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "1.5",
            "1e9",
            "2147483648",
            "99999999999999999999999999",
            "-9223372036854775808",
            "NaN",
            "Infinity",
            "0x10",
            "null",
            "true",
            "start",
            "end",
            "@1700000000000",
            "@yesterday",
            "@+999999999-12-31T23:59:59Z",
            "a=b",
            "=b",
            "a=",
            "acks=7",
            "linger.ms=x",
            "compression.type=none",
            "security.protocol=SSL",
            "interceptor.classes=no.Such",
            "t",
            "t t",
            "../../etc",
            "/dev/null",
            "/no/such/file",
            "%",
            "%t%p%o",
            "%y",
            "\\",
            "zstd",
            "nonsense",
            "127.0.0.1",
            "[::1]:x",
            "${sys:user.home}",
            "@/etc/hostname",
            "'quoted",
            "\"quoted\"",
            "\u00fcml\u00e4ut",
            "\ud83d\ude80",
            "\ud800",
            "\u202egnp",
            "line\nbreak",
            "bell\u0007",
            "\u001b[2J",
            "nul\u0000nul",
            "x".repeat(5_000),
            "9".repeat(5_000));

    @TempDir
    Path folder;

    @Test
    void everyCommandLineEndsWithOneLine() throws Exception {
        for (int seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            List<String> words = words(new SplittableRandom(seed));
            TestCommands.Run run = run(seed, words);
            String what = "seed " + seed + ": " + words + "\n" + run;
            assertTrue(!run.err().contains("\tat "), what);
            assertTrue(!run.err().contains("Exception in"), what);
            boolean isReport = words.getFirst().equals("doctor") && run.exit() == 1;
            if (run.exit() == 0 || isReport && run.err().isEmpty()) {
                assertEquals("", run.err(), what);
                continue;
            }
            assertTrue(run.exit() == 1 || run.exit() == 2, what);
            assertTrue(run.err().endsWith("\n"), what);
            List<String> lines = run.err().lines().toList();
            boolean isManyFiles = String.join(" ", words).startsWith("log dump");
            assertTrue(lines.size() == 1 || isManyFiles, what);
            for (String line : lines) {
                assertTrue(line.startsWith("millrace: "), what);
                assertTrue(line.length() > "millrace: ".length(), what);
                assertTrue(line.chars().noneMatch(c -> c < ' ' || c == 0x7f), what);
            }
        }
    }

    private static TestCommands.Run run(int seed, List<String> words) throws Exception {
        CompletableFuture<TestCommands.Run> running = CompletableFuture.supplyAsync(
                () -> TestCommands.run("a=1\n{\n", words.toArray(String[]::new)));
        try {
            return running.get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return fail("seed " + seed + " hangs: " + words, e);
        } catch (ExecutionException e) {
            return fail("seed " + seed + " throws: " + words, e.getCause());
        }
    }

    private List<String> words(SplittableRandom random) {
        List<String> command =
                List.of(COMMANDS.get(random.nextInt(COMMANDS.size())).split(" "));
        int named = GROUPS.contains(command.getFirst()) ? 2 : 1;
        List<String> head = new ArrayList<>(command.subList(0, named));
        List<String> tail = new ArrayList<>(command.subList(named, command.size()));
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(tail.size() + 1);
            if (random.nextBoolean()) {
                tail.add(at, VALUES.get(random.nextInt(VALUES.size())));
            } else {
                tail.add(at, OPTIONS.get(random.nextInt(OPTIONS.size())));
                tail.add(at + 1, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        int mutation = random.nextInt(12);
        if (mutation == 0) {
            String word = head.removeLast();
            head.add(word.substring(0, random.nextInt(word.length())));
        } else if (mutation == 1 && !tail.isEmpty()) {
            tail.remove(random.nextInt(tail.size()));
        } else if (mutation == 2 && !tail.isEmpty()) {
            tail.add(tail.get(random.nextInt(tail.size())));
        }
        List<String> words = new ArrayList<>(head);
        words.addAll(harmless(head));
        words.addAll(tail);
        return words;
    }

    /// What keeps a command from starting a node, from reaching one, from waiting long and from
    /// leaving anything here.
    private List<String> harmless(List<String> command) {
        return switch (String.join(" ", command)) {
            case "up" -> List.of("--set", "no.such.setting=1");
            case "doctor" -> List.of("--data", folder.toString());
            case "log dump" -> List.of();
            default ->
                List.of(
                        "-b", "127.0.0.1:1",
                        "-X", "max.block.ms=50",
                        "-X", "request.timeout.ms=50",
                        "-X", "default.api.timeout.ms=100");
        };
    }
}
