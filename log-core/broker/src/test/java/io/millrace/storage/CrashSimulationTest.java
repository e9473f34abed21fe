package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.sim.InvariantBroken;
import io.millrace.sim.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// The storage of one node, with its real writer, loader and recovery, on a disk that keeps only
/// what it must, through crashes at any disk call. `-Dsim.seeds` says how many seeds; `-Dsim.seed`
/// replays one.
final class CrashSimulationTest {
    private static final int SEEDS_FOR_A_BUG = 400;

    /// Thousands of lives end badly here, each with an error of its own.
    @BeforeAll
    static void beSilent() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }

    @AfterAll
    static void speakAgain() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(null);
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesALossOfPower() {
        Seeds.forEach(seed -> new CrashRun(seed, FlushMode.GROUP, PlantedBug.NONE).run());
    }

    @Test
    void withoutFsyncsWhatWasWrittenSurvivesTheProcess() {
        Seeds.forEach(0.3, seed -> new CrashRun(seed, FlushMode.OS, PlantedBug.NONE).run());
    }

    @Test
    void aSeedIsTheSameRunEachTime() {
        for (long seed = 1; seed <= 5; seed++) {
            assertEquals(
                    new CrashRun(seed, FlushMode.GROUP, PlantedBug.NONE).run(),
                    new CrashRun(seed, FlushMode.GROUP, PlantedBug.NONE).run());
        }
    }

    @ParameterizedTest
    @EnumSource(value = PlantedBug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyPlantedBugIsFound(PlantedBug bug) {
        for (long seed = 1; seed <= SEEDS_FOR_A_BUG; seed++) {
            try {
                new CrashRun(seed, FlushMode.GROUP, bug).run();
            } catch (InvariantBroken found) {
                System.out.println(bug + ": found by seed " + seed + ": " + found.getMessage());
                return;
            }
        }
        fail(bug + " was not found by " + SEEDS_FOR_A_BUG + " seeds");
    }
}
