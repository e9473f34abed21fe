package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.InitProducerIdResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Gives an id to an idempotent producer. Transactions are not served yet.
public final class InitProducerIdHandler
        implements Handler<InitProducerIdRequest, InitProducerIdResponse> {
    private static final int NO_EPOCH = -1;

    private final ProducerIds ids;
    private final Authorizer authorizer;

    public InitProducerIdHandler(ProducerIds ids, Authorizer authorizer) {
        this.ids = ids;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<InitProducerIdResponse> handle(
            InitProducerIdRequest request, RequestContext context) {
        ErrorCode refusal = refusal(request, context);
        if (refusal != ErrorCode.NONE) {
            return CompletableFuture.completedFuture(failed(refusal));
        }
        return ids.next()
                .thenApply(id -> id == ProducerIds.NONE
                        ? failed(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)
                        : InitProducerIdResponse.DEFAULT
                                .withProducerId(id)
                                .withProducerEpoch((short) 0));
    }

    private ErrorCode refusal(InitProducerIdRequest request, RequestContext context) {
        String transaction = request.transactionalId();
        if (transaction != null) {
            return refusal(transaction, context);
        }
        if (!authorizer.isAllowed(context, Operation.IDEMPOTENT_WRITE, Resource.CLUSTER)) {
            return ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        }
        boolean hasId = request.producerId() != ProducerIds.NONE;
        return hasId == (request.producerEpoch() != NO_EPOCH)
                ? ErrorCode.NONE
                : ErrorCode.INVALID_REQUEST;
    }

    private ErrorCode refusal(String transaction, RequestContext context) {
        Resource resource = new Resource(Resource.Kind.TRANSACTIONAL_ID, transaction);
        if (!authorizer.isAllowed(context, Operation.WRITE, resource)) {
            return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
        }
        return transaction.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.UNSUPPORTED_VERSION;
    }

    private static InitProducerIdResponse failed(ErrorCode error) {
        return InitProducerIdResponse.DEFAULT.withErrorCode(error).withProducerEpoch((short)
                NO_EPOCH);
    }
}
