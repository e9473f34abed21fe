package io.millrace.broker.request;

/// Who may do what. Asked on any loop.
public interface Authorizer {
    Authorizer ALLOW_ALL = (_, _, _) -> true;

    boolean isAllowed(RequestContext context, Operation operation, Resource resource);

    /// Everything that is allowed on the resource, a bit an operation, as responses tell it.
    default int rights(RequestContext context, Resource resource) {
        int bits = 0;
        for (Operation operation : resource.operations()) {
            if (isAllowed(context, operation, resource)) {
                bits |= 1 << operation.code();
            }
        }
        return bits;
    }

    /// The rights on the cluster, for those who may see it.
    default int rightsOnCluster(RequestContext context) {
        return isAllowed(context, Operation.DESCRIBE, Resource.CLUSTER)
                ? rights(context, Resource.CLUSTER)
                : 0;
    }
}
