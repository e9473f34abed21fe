/// Membership in groups: {@link io.millrace.clients.group.GroupMember} speaks the classic protocol
/// for whoever wants to share work (consumers, Streams, Connect, the registry's election). Public
/// for them, not part of the API for programs.
///
/// Owner thread: the loop of the client; what says so may be read anywhere.
@NullMarked
package io.millrace.clients.group;

import org.jspecify.annotations.NullMarked;
