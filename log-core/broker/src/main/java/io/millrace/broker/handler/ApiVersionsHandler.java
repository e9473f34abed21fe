package io.millrace.broker.handler;

import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.Features;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.ApiVersionsResponse.ApiVersion;
import io.millrace.protocol.ApiVersionsResponse.FinalizedFeatureKey;
import io.millrace.protocol.ApiVersionsResponse.SupportedFeatureKey;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/// Tells what is served. A client that asks in a version we do not know is told so in version 0,
/// with the versions in which it can ask again.
public final class ApiVersionsHandler implements Handler<ApiVersionsRequest, ApiVersionsResponse> {
    private static final int SOFTWARE_SINCE = 3;
    /// Older clients cannot read a feature whose lowest level is 0.
    private static final int LEVEL_ZERO_SINCE = 4;

    /// Letters, digits, dots and dashes with no dot or dash at either end: linear, so harmless.
    private static final Pattern SOFTWARE =
            Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");

    private final ClusterView cluster;
    private final List<ApiVersion> apis;

    public ApiVersionsHandler(ClusterView cluster, Set<Api> served) {
        this.cluster = cluster;
        this.apis = served.stream().sorted().map(ApiVersionsHandler::versions).toList();
    }

    private static ApiVersion versions(Api api) {
        return new ApiVersion(
                (short) api.key(), (short) api.advertisedMinVersion(), (short) api.maxVersion());
    }

    @Override
    public CompletionStage<ApiVersionsResponse> handle(
            ApiVersionsRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(answer(request, context.version()));
    }

    private ApiVersionsResponse answer(ApiVersionsRequest request, int version) {
        if (!Api.API_VERSIONS.supports(version)) {
            return ApiVersionsResponse.DEFAULT
                    .withErrorCode(ErrorCode.UNSUPPORTED_VERSION)
                    .withApiKeys(List.of(versions(Api.API_VERSIONS)));
        }
        if (version >= SOFTWARE_SINCE
                && !(isSoftware(request.clientSoftwareName())
                        && isSoftware(request.clientSoftwareVersion()))) {
            return ApiVersionsResponse.DEFAULT.withErrorCode(ErrorCode.INVALID_REQUEST);
        }
        List<FinalizedFeatureKey> levels = new ArrayList<>();
        for (var level : cluster.image().features()) {
            levels.add(new FinalizedFeatureKey(level.key(), level.value(), level.value()));
        }
        return ApiVersionsResponse.DEFAULT
                .withApiKeys(apis)
                .withSupportedFeatures(Features.SUPPORTED.stream()
                        .filter(feature -> feature.min() > 0 || version >= LEVEL_ZERO_SINCE)
                        .map(feature -> new SupportedFeatureKey(
                                feature.name(), (short) feature.min(), (short) feature.max()))
                        .toList())
                .withFinalizedFeaturesEpoch(cluster.imageOffset())
                .withFinalizedFeatures(levels);
    }

    private static boolean isSoftware(String text) {
        return SOFTWARE.matcher(text).matches();
    }
}
