package io.millrace.group;

import io.millrace.machine.Decision;
import io.millrace.machine.Decision.Release;
import io.millrace.machine.Decision.Reply;
import io.millrace.machine.Decision.TimerChange;
import io.millrace.machine.Moment;
import io.millrace.protocol.Check;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// One decision in the making: the state as it will be, and the records, replies and timers that
/// lead there. Lives for one call of `decide`.
final class Draft {
    private final Moment moment;
    private final GroupConfig config;
    private final List<GroupRecord> records = new ArrayList<>();
    private final List<Release<Response>> released = new ArrayList<>();
    private final List<TimerChange<GroupCommand>> timers = new ArrayList<>();
    private GroupState state;

    Draft(GroupState state, Moment moment, GroupConfig config) {
        this.state = state;
        this.moment = moment;
        this.config = config;
    }

    GroupState state() {
        return state;
    }

    GroupConfig config() {
        return config;
    }

    long nowMs() {
        return moment.nowMs();
    }

    /// Under which the command at hand can be answered later.
    long ticket() {
        return moment.ticket();
    }

    /// The group of this id, which must be a classic one.
    ClassicGroup classic(String groupId) {
        if (state.group(groupId) instanceof ClassicGroup group) {
            return group;
        }
        throw Check.failed("not a classic group");
    }

    /// The group of this id, which must be a consumer group.
    ConsumerGroup consumer(String groupId) {
        if (state.group(groupId) instanceof ConsumerGroup group) {
            return group;
        }
        throw Check.failed("not a consumer group");
    }

    void write(OffsetsKey key, OffsetsValue value) {
        add(new GroupRecord.Written(key, value));
    }

    void erase(OffsetsKey key) {
        add(new GroupRecord.Erased(key));
    }

    void now(ClassicGroup group) {
        add(new GroupRecord.ClassicNow(group));
    }

    void add(GroupRecord record) {
        records.add(record);
        state = state.after(record);
    }

    void release(long ticket, Response response) {
        if (ticket != ClassicMember.NONE) {
            released.add(new Release<>(ticket, response));
        }
    }

    void start(String timer, long delayMs, GroupCommand command) {
        timers.add(new TimerChange.Start<>(timer, delayMs, command));
    }

    void ensure(String timer, long delayMs, GroupCommand command) {
        timers.add(new TimerChange.Ensure<>(timer, delayMs, command));
    }

    void cancel(String timer) {
        timers.add(new TimerChange.Cancel<>(timer));
    }

    /// A fresh id of 128 bits that nobody can guess from another.
    UUID freshId() {
        long low = mix(moment.random() + 0x9E3779B97F4A7C15L * (moment.ticket() + 1));
        return new UUID((moment.random() & ~0xF000L) | 0x4000L, (low >>> 2) | 0x8000000000000000L);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    Decision<GroupCommand, GroupRecord, Response> reply(Response response) {
        return new Decision<>(records, new Reply.Now<>(response), released, timers);
    }

    /// Answered by a later decision, or by a release of this one.
    Decision<GroupCommand, GroupRecord, Response> park() {
        return new Decision<>(records, new Reply.Parked<>(moment.ticket()), released, timers);
    }
}
