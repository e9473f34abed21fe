package io.millrace.sim;

import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// Runs a simulation for many seeds: as many as `-Dsim.seeds` says, or for the one that
/// `-Dsim.seed` names, which replays a failure.
public final class Seeds {
    private static final int DEFAULT_SEEDS = 50;

    private Seeds() {}

    /// How many seeds to run, scaled for simulations that take longer than others.
    public static int count(double share) {
        Integer asked = Integer.getInteger("sim.seeds");
        return (int) Math.max(1, (asked == null ? DEFAULT_SEEDS : asked) * share);
    }

    /// The one to replay.
    public static OptionalLong single() {
        String seed = System.getProperty("sim.seed", "").trim();
        return seed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
    }

    public static void forEach(LongConsumer simulation) {
        forEach(1, simulation);
    }

    /// @param share of the seeds asked for, for a simulation that is slower than others
    public static void forEach(double share, LongConsumer simulation) {
        OptionalLong single = single();
        if (single.isPresent()) {
            run(single.getAsLong(), simulation);
            return;
        }
        int count = count(share);
        for (long seed = 1; seed <= count; seed++) {
            run(seed, simulation);
        }
    }

    private static void run(long seed, LongConsumer simulation) {
        try {
            simulation.accept(seed);
        } catch (RuntimeException | Error failure) {
            throw new AssertionError(
                    "Seed " + seed + " fails: " + failure.getMessage()
                            + "\nReplay it by running this test with -Dsim.seed=" + seed
                            + " -Dsurefire.failIfNoSpecifiedTests=false",
                    failure);
        }
    }
}
