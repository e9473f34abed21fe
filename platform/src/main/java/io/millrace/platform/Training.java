package io.millrace.platform;

import io.millrace.platform.cli.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A short run of the whole program, from which Java makes the cache of loaded classes that lets
/// later starts be fast. It leaves nothing behind, and a step that fails only makes the cache
/// smaller.
final class Training {
    private static final Pattern ADDRESS = Pattern.compile("(?m)^kafka (\\S+)$");
    private static final int WAIT_SECONDS = 20;

    private final PrintStream shown = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CountDownLatch ready = new CountDownLatch(1);

    private Training() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new Training().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        System.setOut(new PrintStream(new Listening(), true, StandardCharsets.UTF_8));
        Millrace.run("--version");
        Thread.ofPlatform().daemon().start(this::up);
        if (ready.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            Matcher address = ADDRESS.matcher(printed.toString(StandardCharsets.UTF_8));
            if (address.find()) {
                use(address.group(1));
            }
        }
        shown.print(printed.toString(StandardCharsets.UTF_8));
    }

    private void up() {
        int exit = Millrace.run("up", "--ephemeral", "--listen", "127.0.0.1:0");
        if (exit != Commands.KEEP_RUNNING) {
            ready.countDown();
        }
    }

    private static void use(String address) throws IOException {
        Path lines = Files.createTempFile("millrace-training", ".txt");
        try {
            Files.writeString(lines, "one\ntwo\nthree\n");
            for (String command : """
                    topic create training -p 2
                    produce training -f %s
                    consume training --from start --count 3
                    topic describe training
                    group list
                    """.formatted(lines).lines().toList()) {
                Millrace.run((command + " --bootstrap " + address).split(" "));
            }
        } finally {
            Files.delete(lines);
        }
    }

    /// Keeps what is printed, and sees when the servers are ready.
    private final class Listening extends OutputStream {
        @Override
        public void write(int b) {
            printed.write(b);
            if (b == '\n' && printed.toString(StandardCharsets.UTF_8).contains("ready in")) {
                ready.countDown();
            }
        }
    }
}
