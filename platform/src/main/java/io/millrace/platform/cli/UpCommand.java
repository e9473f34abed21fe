package io.millrace.platform.cli;

import picocli.CommandLine.Command;

@Command(name = "up", description = "Start.")
final class UpCommand implements Runnable {
    @Override
    public void run() {}
}
