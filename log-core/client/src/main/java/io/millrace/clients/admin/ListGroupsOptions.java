package io.millrace.clients.admin;

import io.millrace.common.GroupState;
import io.millrace.common.GroupType;
import java.util.Set;

/// Which groups to list; empty sets are all.
public record ListGroupsOptions(Set<GroupState> inGroupStates, Set<GroupType> withTypes) {
    public ListGroupsOptions() {
        this(Set.of(), Set.of());
    }

    public ListGroupsOptions inGroupStates(Set<GroupState> wanted) {
        return new ListGroupsOptions(wanted, withTypes);
    }

    public ListGroupsOptions withTypes(Set<GroupType> wanted) {
        return new ListGroupsOptions(inGroupStates, wanted);
    }
}
