package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.Problem;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.CreateAclsResponse;
import io.millrace.protocol.CreateDelegationTokenRequest;
import io.millrace.protocol.CreateDelegationTokenResponse;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DeleteAclsResponse;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeAclsResponse;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeDelegationTokenResponse;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest.UserName;
import io.millrace.protocol.DescribeUserScramCredentialsResponse;
import io.millrace.protocol.DescribeUserScramCredentialsResponse.CredentialInfo;
import io.millrace.protocol.DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ExpireDelegationTokenRequest;
import io.millrace.protocol.ExpireDelegationTokenResponse;
import io.millrace.protocol.RenewDelegationTokenRequest;
import io.millrace.protocol.RenewDelegationTokenResponse;
import io.millrace.protocol.SaslAuthenticateRequest;
import io.millrace.protocol.SaslAuthenticateResponse;
import io.millrace.protocol.SaslHandshakeRequest;
import io.millrace.protocol.SaslHandshakeResponse;
import io.millrace.protocol.UserScramCredentialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// What Kafka answers to questions of security where no authorizer and no secret for tokens is set.
public final class SecurityHandlers {
    private static final String NO_AUTHORIZER = "No authorizer is set on this broker.";

    private final ClusterView cluster;
    private final Authorizer authorizer;

    SecurityHandlers(ClusterView cluster, Authorizer authorizer) {
        this.cluster = cluster;
        this.authorizer = authorizer;
    }

    /// What is to be said of access lists: that nobody keeps them, to those who may know.
    private Problem ofLists(Operation operation, RequestContext context) {
        Problem refusal = refusal(operation, context);
        return refusal.isNone() ? new Problem(ErrorCode.SECURITY_DISABLED, NO_AUTHORIZER) : refusal;
    }

    private Problem refusal(Operation operation, RequestContext context) {
        ErrorCode error = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        return authorizer.isAllowed(context, operation, Resource.CLUSTER)
                ? Problem.NONE
                : new Problem(error, error.message());
    }

    /// Listeners without SASL know no mechanism, and nothing to be authenticated by.
    public Handler<SaslHandshakeRequest, SaslHandshakeResponse> handshake() {
        return (_, _) -> CompletableFuture.completedFuture(
                new SaslHandshakeResponse(ErrorCode.ILLEGAL_SASL_STATE, List.of()));
    }

    public Handler<SaslAuthenticateRequest, SaslAuthenticateResponse> authenticate() {
        return (_, _) -> CompletableFuture.completedFuture(SaslAuthenticateResponse.DEFAULT
                .withErrorCode(ErrorCode.ILLEGAL_SASL_STATE)
                .withErrorMessage("This listener does not authenticate with SASL."));
    }

    public Handler<DescribeAclsRequest, DescribeAclsResponse> describeAcls() {
        return (_, context) -> {
            Problem problem = ofLists(Operation.DESCRIBE, context);
            return CompletableFuture.completedFuture(
                    new DescribeAclsResponse(0, problem.error(), problem.message(), List.of()));
        };
    }

    public Handler<CreateAclsRequest, CreateAclsResponse> createAcls() {
        return (request, context) -> {
            Problem problem = ofLists(Operation.ALTER, context);
            return CompletableFuture.completedFuture(new CreateAclsResponse(
                    0,
                    request.creations().stream()
                            .map(_ -> new CreateAclsResponse.AclCreationResult(
                                    problem.error(), problem.message()))
                            .toList()));
        };
    }

    public Handler<DeleteAclsRequest, DeleteAclsResponse> deleteAcls() {
        return (request, context) -> {
            Problem problem = ofLists(Operation.ALTER, context);
            return CompletableFuture.completedFuture(new DeleteAclsResponse(
                    0,
                    request.filters().stream()
                            .map(_ -> new DeleteAclsResponse.DeleteAclsFilterResult(
                                    problem.error(), problem.message(), List.of()))
                            .toList()));
        };
    }

    public Handler<CreateDelegationTokenRequest, CreateDelegationTokenResponse> createToken() {
        return (_, context) ->
                CompletableFuture.completedFuture(CreateDelegationTokenResponse.DEFAULT
                        .withErrorCode(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED)
                        .withPrincipalType(context.principal().type())
                        .withPrincipalName(context.principal().name())
                        .withIssueTimestampMs(-1)
                        .withExpiryTimestampMs(-1)
                        .withMaxTimestampMs(-1));
    }

    public Handler<RenewDelegationTokenRequest, RenewDelegationTokenResponse> renewToken() {
        return (_, _) -> CompletableFuture.completedFuture(new RenewDelegationTokenResponse(
                ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, -1, 0));
    }

    public Handler<ExpireDelegationTokenRequest, ExpireDelegationTokenResponse> expireToken() {
        return (_, _) -> CompletableFuture.completedFuture(new ExpireDelegationTokenResponse(
                ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, -1, 0));
    }

    public Handler<DescribeDelegationTokenRequest, DescribeDelegationTokenResponse>
            describeTokens() {
        return (_, _) -> CompletableFuture.completedFuture(new DescribeDelegationTokenResponse(
                ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, List.of(), 0));
    }

    public Handler<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>
            describeScramCredentials() {
        return (request, context) -> {
            Problem problem = refusal(Operation.DESCRIBE, context);
            return CompletableFuture.completedFuture(new DescribeUserScramCredentialsResponse(
                    0,
                    problem.error(),
                    problem.message(),
                    problem.isNone() ? users(request) : refused(request, problem)));
        };
    }

    private static List<DescribeUserScramCredentialsResult> refused(
            DescribeUserScramCredentialsRequest request, Problem problem) {
        List<UserName> users = request.users();
        return users == null
                ? List.of()
                : users.stream()
                        .map(user -> new DescribeUserScramCredentialsResult(
                                user.name(), problem.error(), problem.message(), List.of()))
                        .toList();
    }

    private List<DescribeUserScramCredentialsResult> users(
            DescribeUserScramCredentialsRequest request) {
        SortedMap<String, List<CredentialInfo>> known = new TreeMap<>();
        for (var entry : cluster.image().security()) {
            if (entry.value() instanceof UserScramCredentialRecord it) {
                known.computeIfAbsent(it.name(), _ -> new ArrayList<>())
                        .add(new CredentialInfo(it.mechanism(), it.iterations()));
            }
        }
        List<UserName> wanted = request.users();
        List<String> names = wanted == null || wanted.isEmpty()
                ? List.copyOf(known.keySet())
                : wanted.stream().map(UserName::name).distinct().toList();
        return names.stream()
                .map(name -> {
                    boolean twice = wanted != null
                            && wanted.stream()
                                            .filter(each -> each.name().equals(name))
                                            .count()
                                    > 1;
                    ErrorCode error = twice
                            ? ErrorCode.DUPLICATE_RESOURCE
                            : known.containsKey(name)
                                    ? ErrorCode.NONE
                                    : ErrorCode.RESOURCE_NOT_FOUND;
                    return new DescribeUserScramCredentialsResult(
                            name,
                            error,
                            error == ErrorCode.NONE ? null : error.name(),
                            error == ErrorCode.NONE
                                    ? known.getOrDefault(name, List.of())
                                    : List.of());
                })
                .toList();
    }
}
