package io.millrace.host;

import io.millrace.machine.Decision.TimerChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// The timers of one machine, by key.
final class HostTimers<C> {
    private final Loop loop;
    private final BiConsumer<String, C> fired;
    private final Map<String, Loop.Scheduled> byKey = new LinkedHashMap<>();

    HostTimers(Loop loop, BiConsumer<String, C> fired) {
        this.loop = loop;
        this.fired = fired;
    }

    void change(TimerChange<C> change) {
        switch (change) {
            case TimerChange.Start<C>(String key, long delayMs, C command) ->
                start(key, delayMs, command);
            case TimerChange.Ensure<C>(String key, long delayMs, C command) ->
                startUnlessRunning(key, delayMs, command);
            case TimerChange.Cancel<C>(String key) -> cancel(key);
        }
    }

    void startUnlessRunning(String key, long delayMs, C command) {
        if (!byKey.containsKey(key)) {
            start(key, delayMs, command);
        }
    }

    private void start(String key, long delayMs, C command) {
        cancel(key);
        byKey.put(key, loop.schedule(Math.max(delayMs, 0), () -> {
            byKey.remove(key);
            fired.accept(key, command);
        }));
    }

    private void cancel(String key) {
        Loop.Scheduled running = byKey.remove(key);
        if (running != null) {
            running.cancel();
        }
    }

    void cancelAll() {
        byKey.values().forEach(Loop.Scheduled::cancel);
        byKey.clear();
    }
}
