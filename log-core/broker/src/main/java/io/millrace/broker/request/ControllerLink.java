package io.millrace.broker.request;

import io.millrace.cluster.ControllerCommand;
import io.millrace.host.Answer;
import io.millrace.protocol.Response;
import java.util.concurrent.CompletionStage;

/// The way to the active controller, from any loop. An answer comes when what it tells is committed
/// and this node's [ClusterView] shows it.
public interface ControllerLink {
    CompletionStage<Answer<Response>> submit(ControllerCommand command);
}
