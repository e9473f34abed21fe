package io.millrace.common.errors;

import org.jspecify.annotations.Nullable;

/// The server answered `GROUP_AUTHORIZATION_FAILED`.
public class GroupAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String groupId;

    public GroupAuthorizationException(String message, @Nullable String groupId) {
        super(message);
        this.groupId = groupId;
    }

    public GroupAuthorizationException(String message) {
        this(message, null);
    }

    public static GroupAuthorizationException forGroupId(String groupId) {
        return new GroupAuthorizationException(
                "Access was denied to the group " + groupId, groupId);
    }

    /// The group, where it is known.
    public @Nullable String groupId() {
        return groupId;
    }
}
