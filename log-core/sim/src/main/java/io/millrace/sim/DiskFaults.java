package io.millrace.sim;

import io.millrace.host.DiskFull;
import java.io.IOException;
import java.nio.file.Path;

/// What is to go wrong on a simulated disk, and a count of its calls.
public final class DiskFaults {
    private static final long NEVER = Long.MAX_VALUE;

    private long calls;
    private long failAt = NEVER;
    private boolean failsFromThere;
    private long powerLossAt = NEVER;
    private boolean hasLostPower;
    private boolean failsForce;
    private String lastFailed = "";
    private long capacityBytes = 1L << 40;
    private long callNanos = 20_000;

    DiskFaults() {}

    /// The n-th call from now on fails (1 is the next one), once.
    public void failCall(long n) {
        failAt = calls + n;
        failsFromThere = false;
        lastFailed = "";
    }

    /// So does every one after it.
    public void failFromCall(long n) {
        failCall(n);
        failsFromThere = true;
    }

    /// The power goes before the n-th call from now on: [PowerLoss].
    public void losePowerAt(long n) {
        powerLossAt = calls + n;
    }

    /// Whether a call came after the power went. Futures may swallow a [PowerLoss]: ask.
    public boolean hasLostPower() {
        return hasLostPower;
    }

    /// The next `force` fails, and drops what it was to make durable: a later `force` will not know
    /// of it. That is what Linux does.
    public void failNextForce() {
        failsForce = true;
    }

    public void capacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    /// How long a call takes at most.
    public void slowness(long nanosACall) {
        callNanos = nanosACall;
    }

    public void none() {
        failAt = NEVER;
        powerLossAt = NEVER;
        hasLostPower = false;
        failsForce = false;
        failsFromThere = false;
    }

    /// Calls so far.
    public long calls() {
        return calls;
    }

    public boolean hasFailed() {
        return !lastFailed.isEmpty();
    }

    /// The call that was made to fail, for people.
    public String lastFailed() {
        return lastFailed;
    }

    long capacityBytes() {
        return capacityBytes;
    }

    long callNanos() {
        return callNanos;
    }

    /// Counts a call; it fails if it is its turn.
    void call(String what, Path path) throws IOException {
        calls++;
        if (calls >= powerLossAt) {
            hasLostPower = true;
            throw new PowerLoss();
        }
        if (calls == failAt || failsFromThere && calls > failAt) {
            lastFailed = what + " " + path;
            throw new IOException("simulated failure: " + lastFailed);
        }
    }

    /// Whether this `force` is the one to fail.
    boolean takeForce(Path path) {
        boolean fails = failsForce;
        failsForce = false;
        if (fails) {
            lastFailed = "force " + path;
        }
        return fails;
    }

    static DiskFull full(Path path) {
        return new DiskFull("no space left for " + path);
    }
}
